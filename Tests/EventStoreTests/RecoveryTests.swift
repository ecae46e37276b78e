import EventStore
import Foundation
import Testing

/// A published log whose own files are lost.
private struct LostLog {
    let folder: TemporaryFolder
    let records: [[UInt8]]
    let identity: LogIdentity
    let checkpoint: Checkpoint
    let signer: CheckpointSigner

    /// - Parameters:
    ///   - counts: how many events come before each checkpoint.
    ///   - after: how many follow the last.
    init(_ counts: [Int], after: Int = 0, origin: String? = nil) throws {
        folder = try TemporaryFolder()
        var random = SeededGenerator(seed: UInt64(counts.reduce(after, +)))
        let log = try EventLog.create(at: folder.data, origin: origin)
        signer = try CheckpointSigner.open(for: log, dataDirectory: folder.data, keysDirectory: folder.keys)
        let publisher = try CheckpointPublisher(
            log: log, dataDirectory: folder.data, keysDirectory: folder.keys, signer: signer)
        var records: [[UInt8]] = []
        var checkpoint: Checkpoint?
        for count in counts + [after] {
            let batch = (0..<count).map { _ in random.bytes(Int.random(in: 1...300, using: &random)) }
            _ = try log.append(batch, at: UInt64(records.count))
            records += batch
            if records.count <= counts.reduce(0, +) { checkpoint = try publisher.publish() }
        }
        self.records = records
        self.checkpoint = try #require(checkpoint)
        identity = log.identity
        try FileManager.default.moveItem(atPath: folder.data + "/log", toPath: folder.path + "/aside")
    }

    var places: LogRecovery.Places {
        .init(
            tiles: folder.data + "/tiles", dataDirectory: folder.data, keysDirectory: folder.keys, logID: identity.logID
        )
    }

    func recover() throws(RecoveryError) -> RecoveryReport { try LogRecovery.run(places) }

    /// Nothing that was begun is left, and no log.
    var isUntouched: Bool { !folder.exists("data/log") && !folder.exists("data/recovered.new") }

    func change(_ name: String, _ change: (inout [UInt8]) -> Void) throws {
        var bytes = try folder.bytes("data/tiles/" + name)
        change(&bytes)
        try folder.write(bytes, "data/tiles/" + name)
    }
}

struct RecoveryTests {
    @Test(arguments: [[1], [255], [256], [257], [300, 500, 40], [66_000]])
    func `a log comes back byte for byte, with its identity, and goes on under the same key`(_ counts: [Int]) throws {
        let lost = try LostLog(counts)
        let report = try lost.recover()
        #expect(report.size == UInt64(lost.records.count) && report.root == lost.checkpoint.root)
        #expect(report.unsignedCount == 0 && report.remarks == [])
        let copy = try LogVerifier.verifyCopy(at: lost.folder.data, keysDirectory: lost.folder.keys)
        #expect(copy.faults == [] && copy.checkpointSize == report.size)
        let log = try EventLog(opening: lost.folder.data)
        #expect(log.identity == lost.identity)
        var next = 0
        try log.readAll(from: 0, upTo: log.size) { _, record in
            #expect([UInt8](record) == lost.records[next])
            next += 1
        }
        #expect(next == lost.records.count)
        let publisher = try CheckpointPublisher(
            log: log, dataDirectory: lost.folder.data, keysDirectory: lost.folder.keys, signer: lost.signer)
        #expect(try publisher.publish() == lost.checkpoint)
        _ = try log.append([[7]], at: log.size)
        #expect(try publisher.publish()?.size == log.size)
    }

    @Test func `what follows the checkpoint is left out, and said to be`() throws {
        let lost = try LostLog([300], after: 12)
        // As a crash leaves it between tiles and checkpoint: the bundles of the next are there.
        let next = EntryBundle.encode(Array(lost.records[256..<312]))
        try lost.folder.write(next, "data/tiles/tile/entries/001.p/56")
        try lost.folder.remove("data/tiles/tile/entries/001.p/44")
        let report = try lost.recover()
        #expect(report.size == 300 && report.unsignedCount == 12)
        #expect(try EventLog(opening: lost.folder.data).size == 300)
    }

    @Test func `a bundle that is missing, cut, or changed by a bit is named with its positions, and no log is written`()
        throws
    {
        let lost = try LostLog([300, 500, 40])
        for name in ["tile/entries/000", "tile/entries/001", "tile/entries/003.p/72"] {
            let bytes = try lost.folder.bytes("data/tiles/" + name)
            let start = name.hasSuffix("000") ? 0 : name.hasSuffix("001") ? 256 : 768
            var position = start
            var offset = 0
            // The last byte of the fifth record.
            for record in lost.records[start..<(start + 5)] { offset += 2 + record.count }
            position += 4
            try lost.change(name) { $0[offset - 1] ^= 1 }
            try expectDamage(lost, name, "position \(position)")
            try lost.change(name) {
                $0[offset - 1] ^= 1
                $0.removeLast()
            }
            try expectDamage(lost, name, "\(start) to ")
            try lost.folder.remove("data/tiles/" + name)
            try expectDamage(lost, name, "is missing, with the records \(start) to ")
            try lost.folder.write(bytes, "data/tiles/" + name)
        }
        #expect(try lost.recover().size == 840)
    }

    private func expectDamage(_ lost: LostLog, _ name: String, _ words: String) throws {
        #expect {
            _ = try lost.recover()
        } throws: {
            guard case RecoveryError.damaged(let faults) = $0 else { return false }
            return faults.count == 1 && faults[0].path.hasSuffix(name) && faults[0].reason.contains(words)
        }
        #expect(lost.isUntouched)
    }

    @Test func `hash tiles are not needed, and damaged ones hide no damaged record`() throws {
        let lost = try LostLog([700])
        for name in ["tile/0/000", "tile/1/000.p/2"] { try lost.change(name) { $0[40] ^= 1 } }
        var wrong = try lost.folder.bytes("data/tiles/tile/entries/001")
        wrong[9] ^= 1
        let whole = try lost.folder.bytes("data/tiles/tile/entries/001")
        try lost.folder.write(wrong, "data/tiles/tile/entries/001")
        #expect(throws: RecoveryError.self) { try lost.recover() }
        #expect(lost.isUntouched)
        try lost.folder.write(whole, "data/tiles/tile/entries/001")
        #expect(try lost.recover().size == 700)
    }

    @Test func `an anchor that is damaged too is replaced, so that a daemon starts`() throws {
        let lost = try LostLog([40])
        try lost.folder.write([1, 2, 3], "data/anchor")
        let report = try lost.recover()
        #expect(report.size == 40 && report.remarks.count == 1)
        #expect(try lost.folder.bytes("data/anchor") == lost.checkpoint.note.bytes)
    }

    @Test func `a damaged checkpoint is done without where an anchor has it, and a forged one is refused`() throws {
        let lost = try LostLog([40])
        try lost.change("checkpoint") { $0[$0.count - 9] ^= 1 }
        let report = try lost.recover()
        #expect(report.size == 40 && report.checkpointPath == lost.folder.data + "/anchor")
        #expect(report.remarks.count == 1)
        let other = try LostLog([40])
        for name in ["data/anchor", "keys/anchor"] { try other.folder.remove(name) }
        try other.change("checkpoint") { $0[$0.count - 9] ^= 1 }
        #expect {
            _ = try other.recover()
        } throws: {
            guard case RecoveryError.nothingSigned = $0 else { return false }
            return true
        }
        #expect(other.isUntouched)
    }

    @Test func `bundles older than what was signed are refused, since the daemon would refuse the log`() throws {
        let lost = try LostLog([300])
        let old = lost.folder.path + "/old"
        try FileManager.default.copyItem(atPath: lost.folder.data + "/tiles", toPath: old)
        let newer = try LostLog([300, 20])
        // The same key: as where the keys are kept apart and the tiles are an older copy.
        for name in ["anchor", "checkpoint.key"] {
            try lost.folder.write(try newer.folder.bytes("keys/" + name), "keys/" + name)
        }
        var places = newer.places
        try newer.folder.remove("data/tiles/tile/entries/001.p/64")
        let text = try Checkpoint(
            size: 300, root: lost.checkpoint.root, signer: newer.signer)
        try newer.folder.write(text.note.bytes, "data/tiles/checkpoint")
        #expect(throws: RecoveryError.tooOld(checkpoint: places.dataDirectory + "/anchor", signed: 320, held: 300)) {
            try LogRecovery.run(places)
        }
        #expect(newer.isUntouched)
        places.tiles = newer.folder.path + "/nowhere"
        #expect(throws: RecoveryError.notPublished(path: places.tiles)) { try LogRecovery.run(places) }
    }

    @Test func `a log that is there is never written over, nor another clinic's keys taken for its own`() throws {
        let lost = try LostLog([40])
        let whole = try lost.recover()
        #expect(throws: RecoveryError.logExists(path: whole.logPath)) { try lost.recover() }
        #expect(try EventLog(opening: lost.folder.data).size == 40)
        let other = try LostLog([40])
        var places = other.places
        places.logID = lost.identity.logID
        #expect(throws: RecoveryError.otherLog(path: places.keysDirectory)) { try LogRecovery.run(places) }
        let named = try LostLog([40], origin: "example.org/log")
        places = named.places
        places.logID = nil
        #expect(throws: RecoveryError.noLogID) { try LogRecovery.run(places) }
        #expect(try named.recover().origin == "example.org/log")
    }

    @Test func `state and read models of the lost log go, keys and vault stay`() throws {
        let lost = try LostLog([40])
        for name in ["state", "views", "as-of", "vault"] {
            try FileManager.default.createDirectory(
                atPath: lost.folder.data + "/" + name, withIntermediateDirectories: true)
            try lost.folder.write([1], "data/\(name)/data.mdb")
        }
        _ = try lost.recover()
        for name in ["state", "views", "as-of"] { #expect(!lost.folder.exists("data/" + name)) }
        #expect(lost.folder.exists("data/vault/data.mdb") && lost.folder.exists("keys/checkpoint.key"))
    }
}
