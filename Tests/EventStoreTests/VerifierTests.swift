import EventStore
import Foundation
import Glibc
import LMDBKit
import Testing

/// A copy of a published log at rest, for damaging.
struct CopyAtRest {
    let folder: TemporaryFolder
    let records: [[UInt8]]
    var data: String { folder.path + "/copy" }
    var keys: String { folder.keys }

    /// A log of `count` events made in several commits, then published; `after` more events follow the checkpoint.
    init(count: Int, after: Int = 0, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let published = try Published()
        folder = published.folder
        var records: [[UInt8]] = []
        while records.count < count + after {
            if records.count == count { _ = try published.publisher().publish() }
            let left = (records.count < count ? count : count + after) - records.count
            let batch = (0..<min(left, Int.random(in: 1...9, using: &random))).map { _ in
                // Some records are long enough for overflow pages.
                random.bytes(
                    Int.random(in: 0..<20, using: &random) == 0 ? 5_000 : Int.random(in: 16...400, using: &random))
            }
            _ = try published.log.append(batch, at: UInt64(records.count))
            records += batch
        }
        if after == 0 { _ = try published.publisher().publish() }
        self.records = records
        try FileManager.default.copyItem(atPath: folder.data, toPath: data)
    }

    func bytes() throws -> [UInt8] { try folder.bytes("copy/log/data.mdb") }

    func write(_ bytes: [UInt8]) throws { try folder.write(bytes, "copy/log/data.mdb") }

    func verify() throws -> VerificationReport { try LogVerifier.verifyCopy(at: data, keysDirectory: keys) }
}

struct VerifierTests {
    @Test func `an undamaged copy is intact up to its checkpoint`() throws {
        let copy = try CopyAtRest(count: 700, after: 20, seed: 1)
        let report = try copy.verify()
        #expect(report.faults == [])
        #expect(report.isIntact)
        #expect(report.size == 720)
        #expect(report.checkpointSize == 700)
        #expect(report.isVouchedFor)
        var frontier = Frontier()
        for record in copy.records { frontier.append(.leaf(record)) }
        #expect(report.root == frontier.root)
    }

    @Test func `an empty log and a compact copy are intact`() throws {
        let published = try Published()
        let empty = try LogVerifier.verifyCopy(at: published.folder.data, keysDirectory: published.folder.keys)
        #expect(empty.faults == [])
        #expect(empty.size == 0)
        #expect(empty.isVouchedFor)
        for _ in 0..<30 { try published.append(40) }
        let path = published.folder.path + "/compact"
        try FileManager.default.createDirectory(atPath: path + "/log", withIntermediateDirectories: true)
        let descriptor = open(path + "/log/data.mdb", O_WRONLY | O_CREAT, 0o600)
        try published.log.copyCompact(toDescriptor: descriptor)
        close(descriptor)
        let report = try LogVerifier.verifyCopy(at: path)
        #expect(report.faults == [])
        #expect(report.size == 1_200)
        #expect(report.checkpointSize == nil)
        // Whole, and nothing signed lies beside it.
        #expect(!report.isVouchedFor)
        #expect(try report.root == published.log.root(at: 1_200))
    }

    @Test func `a log that is read while it grows still has every page in use or free`() throws {
        let published = try Published()
        for step in 0..<60 {
            // A reader that holds a snapshot makes the writer keep pages that it frees.
            _ =
                try published.log.size == 0
                ? 0
                : published.log.read(from: 0, upTo: published.log.size) { position, _ in
                    if position == 0 { try published.append(step % 7 + 1) }
                }
            if step == 0 { try published.append(1) }
        }
        try FileManager.default.copyItem(atPath: published.folder.data, toPath: published.folder.path + "/copy")
        let report = try LogVerifier.verifyCopy(at: published.folder.path + "/copy")
        #expect(report.faults == [])
        #expect(report.size == published.log.size)
    }

    @Test func `progress tells where the verifier is, also through a descriptor`() throws {
        let copy = try CopyAtRest(count: 2_100, seed: 2)
        var seen: [UInt64] = []
        _ = try LogVerifier.verifyCopy(at: copy.data) { position, size in
            seen.append(position)
            #expect(size == 2_100)
        }
        #expect(seen == [0, 1_000, 2_000])
        let path = copy.folder.path + "/progress"
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        _ = try LogVerifier.verifyCopy(at: copy.data, progressDescriptor: descriptor)
        close(descriptor)
        #expect(String(decoding: try copy.folder.bytes("progress"), as: UTF8.self) == "0 2100\n1000 2100\n2000 2100\n")
    }

    @Test func `a file cut short or filled with anything never ends the process`() throws {
        let copy = try CopyAtRest(count: 300, seed: 3)
        let bytes = try copy.bytes()
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            try copy.write(Array(bytes[..<Int.random(in: 0..<bytes.count - 4096, using: &random)]))
            #expect(try !copy.verify().isIntact, "seed \(seed)")
        }
        for _ in 0..<40 {
            var damaged = bytes
            let page = Int.random(in: 0..<bytes.count / 4096, using: &random)
            for offset in 0..<4096 { damaged[page * 4096 + offset] = UInt8.random(in: 0...255, using: &random) }
            try copy.write(damaged)
            _ = try copy.verify()
        }
        try copy.write(random.bytes(40_000))
        #expect(try !copy.verify().isIntact)
    }

    @Test func `a record rewritten with its whole path of nodes fails against the checkpoint`() throws {
        let copy = try CopyAtRest(count: 100, seed: 4)
        // The same log with one record changed: consistent in itself, and not what was signed.
        var records = copy.records
        records[41][3] ^= 1
        let forged = try Published()
        _ = try forged.log.append(records, at: 0)
        try copy.folder.remove("copy/log/data.mdb")
        try FileManager.default.copyItem(
            atPath: forged.folder.data + "/log/data.mdb", toPath: copy.data + "/log/data.mdb")
        #expect(
            try LogVerifier.verifyCopy(at: copy.data, key: try copyKey(copy)).faults.contains {
                if case .checkpoint(_, 100, "the log has another root") = $0 { true } else { false }
            })
    }

    @Test func `a running log is verified page by page up to its checkpoint and beyond`() throws {
        let published = try Published()
        for _ in 0..<25 { try published.append(100) }
        _ = try published.publisher().publish()
        try published.append(10)
        var job = try LogVerification(
            published.log, dataDirectory: published.folder.data, keysDirectory: published.folder.keys,
            key: published.signer.key)
        var steps: [UInt64] = []
        try job.run { position, end in
            steps.append(position)
            #expect(end == 2_510)
            return true
        }
        #expect(steps.last == 2_510)
        #expect(job.report.faults == [])
        #expect(job.report.checkpointSize == 2_500)
        #expect(try job.report.root == published.log.root(at: 2_510))
    }

    @Test func `a damaged record of a running log is named, not read and not signed`() throws {
        let folder = try TemporaryFolder()
        try Self.makeDamagedLog(in: folder)
        let log = try EventLog(opening: folder.data)
        let signer = try CheckpointSigner.open(for: log, dataDirectory: folder.data, keysDirectory: folder.keys)
        var job = try LogVerification(
            log, dataDirectory: folder.data, keysDirectory: folder.keys, key: signer.key)
        try job.run { _, _ in true }
        #expect(
            job.report.faults == [
                .record(position: 1_234), .record(position: 1_500),
                .node(level: 1, offset: 800),
            ])
        #expect(throws: LogError.damaged(position: 1_234)) { try log.record(at: 1_234) }
        #expect(throws: LogError.damaged(position: 1_500)) { try log.record(at: 1_500) }
        #expect(throws: LogError.damaged(position: 1_234)) { try log.readAll(from: 0, upTo: log.size) { _, _ in } }
        let publisher = try CheckpointPublisher(
            log: log, dataDirectory: folder.data, keysDirectory: folder.keys, signer: signer)
        #expect(throws: LogError.damaged(position: 1_234)) { try publisher.publish() }
        #expect(!folder.exists("data/anchor") && !folder.exists("keys/anchor"))
    }

    /// A record rewritten behind the log's back, one emptied, and a node that never was.
    private static func makeDamagedLog(in folder: TemporaryFolder) throws {
        _ = try EventLog.create(at: folder.data).append((0..<2_000).map { Array("event \($0)".utf8) }, at: 0)
        let environment = try Environment(path: folder.data + "/log")
        try environment.write { transaction in
            let events = try RawTable("events", in: transaction)
            let nodes = try RawTable("nodes", in: transaction)
            try events.put(UInt64(1_234).keyBytes, Array("event 1234 ".utf8), in: transaction)
            try events.put(UInt64(1_500).keyBytes, [], in: transaction)
            let node = StoredHash.index(level: 1, offset: 800).keyBytes
            try nodes.put(node, [UInt8](repeating: 7, count: 32), in: transaction)
        }
    }

    private func copyKey(_ copy: CopyAtRest) throws -> VerifierKey {
        let line = String(decoding: try copy.folder.bytes("copy/tiles/vkey"), as: UTF8.self)
        return try #require(VerifierKey(vkey: String(line.dropLast())))
    }
}
