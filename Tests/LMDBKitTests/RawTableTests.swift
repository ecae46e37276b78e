import Foundation
import LMDBKit
import Testing

/// An environment in a folder that is removed with it.
final class Scratch {
    let path: String
    let environment: Environment

    init(_ options: Environment.Options = .init(mapSizeBytes: 64 << 20)) throws {
        path = FileManager.default.temporaryDirectory.path + "/daybook-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        environment = try Environment(path: path, options: options)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

struct RawTableTests {
    private let keys: [[UInt8]] = [[0], [0, 1], [5], [5, 0], [5, 255], [6], [255], [255, 255]]

    private func filled() throws -> (Scratch, RawTable) {
        let scratch = try Scratch()
        let table = try scratch.environment.write { transaction throws in
            let table = try RawTable("table", in: transaction)
            for key in keys.shuffled() { try table.put(key, key + [9], in: transaction) }
            return table
        }
        return (scratch, table)
    }

    private func found(
        _ scratch: Scratch,
        _ scan: (borrowing ReadTransaction, (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> RawTable.Step) throws ->
            Void
    ) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        try scratch.environment.read { transaction throws in
            try scan(transaction) { key, value in
                #expect([UInt8](value) == [UInt8](key) + [9])
                found.append([UInt8](key))
                return .next
            }
        }
        return found
    }

    @Test func `a scan begins at the first key not below its start`() throws {
        let (scratch, table) = try filled()
        let starts: [[UInt8]] = keys + [[], [4], [5, 1], [254], [255, 0], [255, 255, 0]]
        for start in starts {
            let expected = keys.filter { !$0.lexicographicallyPrecedes(start) }
            #expect(try found(scratch) { try table.scan(from: start, in: $0, $1) } == expected, "\(start)")
        }
    }

    @Test func `a backward scan begins at the last key below its end`() throws {
        let (scratch, table) = try filled()
        #expect(try found(scratch) { try table.scanBackwards(before: nil, in: $0, $1) } == keys.reversed())
        let ends: [[UInt8]] = keys + [[], [4], [5, 1], [254], [255, 0], [255, 255, 0]]
        for end in ends {
            let expected = keys.filter { $0.lexicographicallyPrecedes(end) }.reversed()
            #expect(
                try found(scratch) { try table.scanBackwards(before: end, in: $0, $1) } == Array(expected), "\(end)")
        }
    }

    @Test func `scans of an empty table visit nothing and a stopped scan goes no further`() throws {
        let (scratch, table) = try filled()
        let empty = try scratch.environment.write { try RawTable("empty", in: $0) }
        #expect(try found(scratch) { try empty.scan(from: [1], in: $0, $1) } == [])
        #expect(try found(scratch) { try empty.scan(in: $0, $1) } == [])
        #expect(try found(scratch) { try empty.scanBackwards(before: [1], in: $0, $1) } == [])
        #expect(try found(scratch) { try empty.scanBackwards(before: nil, in: $0, $1) } == [])
        var visits = 0
        try scratch.environment.read { transaction throws in
            try table.scan(in: transaction) { _, _ in
                visits += 1
                return visits == 3 ? .stop : .next
            }
        }
        #expect(visits == 3)
    }

    @Test func `what is put is found, what is deleted is not, what is aborted never was`() throws {
        let (scratch, table) = try filled()
        struct Abort: Error {}
        #expect(throws: Abort.self) {
            try scratch.environment.write { transaction throws in
                try table.put([1], [1], in: transaction)
                throw Abort()
            }
        }
        try scratch.environment.write { transaction throws in
            #expect(try table.delete([5], in: transaction))
            #expect(try !table.delete([5], in: transaction))
        }
        try scratch.environment.read { transaction throws in
            #expect(try !table.contains([1], in: transaction))
            #expect(try !table.contains([5], in: transaction))
            #expect(try table.contains([5, 0], in: transaction))
            #expect(try table.count(in: transaction) == keys.count - 1)
        }
    }

    @Test func `a dropped child leaves its parent as it was, a committed one becomes part of it`() throws {
        let (scratch, table) = try filled()
        try scratch.environment.write { transaction throws in
            do {
                let dropped = try transaction.beginChild()
                try table.put([1], [1], in: dropped)
            }
            let kept = try transaction.beginChild()
            try table.put([2], [2], in: kept)
            try kept.commit()
        }
        try scratch.environment.read { transaction throws in
            #expect(try !table.contains([1], in: transaction))
            #expect(try table.contains([2], in: transaction))
        }
    }

    @Test func `numbers are appended in order only, and read without an array`() throws {
        let scratch = try Scratch()
        let table = try scratch.environment.write { transaction throws in
            let table = try RawTable("numbers", in: transaction)
            for number: UInt64 in [0, 1, 300, .max - 1] {
                try table.append(number: number, [UInt8(number & 0x7F)], in: transaction)
            }
            #expect(throws: LMDBError.self) { try table.append(number: 5, [5], in: transaction) }
            return table
        }
        try scratch.environment.read { transaction throws in
            #expect(try table.get(number: 300, in: transaction) { [UInt8]($0) } == [44])
            #expect(try table.get(number: 2, in: transaction) { [UInt8]($0) } == nil)
            #expect(try table.get(UInt64(300).keyBytes, in: transaction) { [UInt8]($0) } == [44])
            #expect(try table.lastKey(in: transaction) == (UInt64.max - 1).keyBytes)
        }
    }

    @Test func `a full map is told apart and nothing of the transaction is kept`() throws {
        let scratch = try Scratch(.init(mapSizeBytes: 1 << 20))
        let table = try scratch.environment.write { try RawTable("table", in: $0) }
        #expect(throws: LMDBError.mapFull) {
            try scratch.environment.write { transaction throws in
                for number: UInt64 in 0..<1_000 {
                    try table.append(number: number, [UInt8](repeating: 1, count: 4_000), in: transaction)
                }
            }
        }
        #expect(try scratch.environment.read { try table.count(in: $0) } == 0)
        try scratch.environment.growMap(toBytes: 16 << 20)
        try scratch.environment.write { try table.append(number: 1, [1], in: $0) }
        #expect(try scratch.environment.read { try table.count(in: $0) } == 1)
    }

    @Test func `nothing is at an empty key, and asking for it is no error`() throws {
        let (scratch, table) = try filled()
        try scratch.environment.read { transaction throws in
            #expect(try table.get([], in: transaction) { $0.count } == nil)
            #expect(try !table.contains([], in: transaction))
        }
    }
}
