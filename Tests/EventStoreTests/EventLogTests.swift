import EventStore
import Foundation
import Testing

struct EventLogTests {
    @Test func `a log reloaded after every append has the same size, root and records`() throws {
        let folder = try TemporaryFolder()
        let identity = try EventLog.create(at: folder.data).identity
        var tree = StoredTree()
        var records: [[UInt8]] = []
        for step in 1...40 {
            let log = try EventLog(opening: folder.data)
            #expect(log.identity == identity)
            #expect(log.size == UInt64(records.count))
            #expect(try log.root(at: log.size) == tree.frontier.root)
            let batch = (0..<(step % 4 + 1)).map { Array("record \(step) \($0)".utf8) }
            #expect(try log.append(batch, at: UInt64(records.count)) == UInt64(records.count + batch.count))
            for record in batch { tree.append(.leaf(record)) }
            records += batch
            #expect(try log.root(at: log.size) == tree.frontier.root)
        }
        let log = try EventLog(opening: folder.data)
        for (position, record) in records.enumerated() { #expect(try log.record(at: UInt64(position)) == record) }
        #expect(try log.record(at: log.size) == nil)
        #expect(try log.record(at: .max) == nil)
    }

    @Test func `origins are made from the log id or given, and a bad one is refused`() throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.create(at: folder.data)
        #expect(log.identity.logID.count == 16)
        #expect(log.identity.origin == "daybook.invalid/\(Hex.encode(log.identity.logID))/1")
        let other = try TemporaryFolder()
        #expect(
            try EventLog.create(at: other.data, origin: "clinic.example/book").identity.origin == "clinic.example/book")
        for origin in ["", "two words", "a+b", "line\nbreak"] {
            let third = try TemporaryFolder()
            #expect(throws: LogError.badOrigin(origin)) { try EventLog.create(at: third.data, origin: origin) }
        }
        #expect(throws: LogError.alreadyExists(path: folder.data + "/log")) { try EventLog.create(at: folder.data) }
        let empty = try TemporaryFolder()
        #expect(throws: LogError.notFound(path: empty.data + "/log")) { try EventLog(opening: empty.data) }
    }

    @Test func `a wrong position or an impossible record is refused and nothing is written`() throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.create(at: folder.data)
        _ = try log.append([[1], [2]], at: 0)
        let root = try log.root(at: 2)
        for wrong: UInt64 in [0, 1, 3, .max] {
            #expect(throws: LogError.wrongPosition(expected: wrong, actual: 2)) { try log.append([[3]], at: wrong) }
        }
        #expect(throws: LogError.recordSize(bytes: 0)) { try log.append([[3], []], at: 2) }
        let long = [UInt8](repeating: 7, count: EventLog.recordBytesMax + 1)
        #expect(throws: LogError.recordSize(bytes: long.count)) { try log.append([[3], long], at: 2) }
        #expect(try log.append([], at: 2) == 2)
        #expect(try log.root(at: log.size) == root)
        #expect(try log.append([Array(long.dropLast())], at: 2) == 3)
        #expect(try log.record(at: 2)?.count == EventLog.recordBytesMax)
    }

    @Test func `a read stops at a page and goes on from its answer`() throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.create(at: folder.data)
        let records = (0..<2_500).map { Array("\($0)".utf8) }
        _ = try log.append(records, at: 0)
        var seen: [[UInt8]] = []
        #expect(try log.read(from: 10, upTo: 17, max: 3) { _, record in seen.append([UInt8](record)) } == 13)
        #expect(seen == Array(records[10..<13]))
        #expect(try log.read(from: 0, upTo: 2_500, max: .max) { _, _ in } <= 1_000)
        #expect(try log.read(from: 5, upTo: 5) { _, _ in } == 5)
        #expect(try log.read(from: 5, upTo: 9, max: 0) { _, _ in } == 5)
        seen = []
        try log.readAll(from: 0, upTo: 2_500) { position, record in
            #expect(position == UInt64(seen.count))
            seen.append([UInt8](record))
        }
        #expect(seen == records)
        #expect(throws: LogError.outOfRange(requested: 2_501, size: 2_500)) {
            try log.read(from: 0, upTo: 2_501) { _, _ in }
        }
        #expect(throws: LogError.outOfRange(requested: 9, size: 2_500)) { try log.read(from: 9, upTo: 8) { _, _ in } }
        struct Stop: Error {}
        #expect(throws: Stop.self) { try log.read(from: 0, upTo: 9) { _, _ in throw Stop() } }
    }

    @Test func `proofs of the log verify, and sizes beyond it are refused`() throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.create(at: folder.data)
        _ = try log.append((0..<77).map { [UInt8($0) + 1] }, at: 0)
        let root = try log.root(at: 77)
        for position: UInt64 in [0, 41, 76] {
            #expect(
                ProofVerification.isIncluded(
                    leaf: .leaf([UInt8(position) + 1]), at: position, size: 77, root: root,
                    proof: try log.inclusionProof(of: position, in: 77)))
        }
        #expect(
            ProofVerification.isConsistent(
                oldSize: 30, oldRoot: try log.root(at: 30), newSize: 77, newRoot: root,
                proof: try log.consistencyProof(from: 30, to: 77)))
        #expect(throws: LogError.outOfRange(requested: 78, size: 77)) { try log.root(at: 78) }
        #expect(throws: LogError.outOfRange(requested: 77, size: 77)) { try log.inclusionProof(of: 77, in: 77) }
        #expect(throws: LogError.outOfRange(requested: .max, size: 77)) { try log.inclusionProof(of: 0, in: .max) }
        #expect(throws: LogError.outOfRange(requested: 0, size: 5)) { try log.consistencyProof(from: 0, to: 5) }
        #expect(throws: LogError.outOfRange(requested: 6, size: 5)) { try log.consistencyProof(from: 6, to: 5) }
    }

    @Test func `a full map writes nothing, grows on request and takes the batch then`() throws {
        let folder = try TemporaryFolder()
        _ = try EventLog.create(at: folder.data)
        let log = try EventLog(opening: folder.data, mapSizeBytes: 1 << 20)
        let batch = (0..<100).map { [UInt8](repeating: UInt8($0), count: 40_000) }
        #expect(log.usage().mapSizeBytes == 1 << 20)
        #expect(throws: LogError.mapFull) { try log.append(batch, at: 0) }
        #expect(log.size == 0)
        #expect(try log.append([[1]], at: 0) == 1)
        #expect(try log.growIfNeeded() == false)
        for _ in 0..<4 { #expect(try log.growIfNeeded(force: true)) }
        #expect(try log.append(batch, at: 1) == 101)
        #expect(try log.record(at: 100) == batch[99])
    }

    @Test func `the map is doubled when 85 percent of it is used`() throws {
        let folder = try TemporaryFolder()
        _ = try EventLog.create(at: folder.data)
        let log = try EventLog(opening: folder.data, mapSizeBytes: 1 << 20)
        #expect(try !log.growIfNeeded())
        while log.usage().usedBytes < (1 << 20) / 100 * 85 {
            _ = try log.append([[UInt8](repeating: 1, count: 20_000)], at: log.size)
        }
        #expect(try log.growIfNeeded())
        #expect(log.usage().mapSizeBytes == 2 << 20)
        #expect(try log.record(at: 0)?.count == 20_000)
    }
}

struct HeadSignalTests {
    @Test func `a thread that waits is woken by an append and by the end`() async throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.create(at: folder.data)
        #expect(log.head.waitUntil(sizeExceeds: 0, timeout: .zero) == 0)
        let waiting = Task.detached { log.head.waitUntil(sizeExceeds: 0, timeout: .seconds(60)) }
        _ = try log.append([[1]], at: 0)
        #expect(await waiting.value == 1)
        let ending = Task.detached { log.head.waitUntil(sizeExceeds: 1, timeout: .seconds(60)) }
        log.head.finish()
        #expect(await ending.value == 1)
    }

    @Test func `a slow stream sees the newest size and ends with the log`() async throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.create(at: folder.data)
        let sizes = log.head.sizes()
        for size: UInt64 in 0..<5 { _ = try log.append([[1]], at: size) }
        log.head.finish()
        var seen: [UInt64] = []
        for await size in sizes { seen.append(size) }
        #expect(seen == [5])
        var after: [UInt64] = []
        for await size in log.head.sizes() { after.append(size) }
        #expect(after == [5])
    }
}
