import LMDBKit
import SwiftProtobuf
import Testing

struct TableTests {
    private typealias Rows = Table<Pair<UInt64, UInt64>, Google_Protobuf_StringValue>

    private func filled() throws -> (Scratch, Rows) {
        let scratch = try Scratch()
        let table = try scratch.environment.write { transaction throws in
            let table = try Rows("rows", in: transaction)
            for first: UInt64 in 1...3 {
                for second: UInt64 in 0..<4 {
                    try table.put(Pair(first, second), .init("\(first)/\(second)"), in: transaction)
                }
            }
            return table
        }
        return (scratch, table)
    }

    @Test func `rows come back by key, by prefix and in both directions`() throws {
        let (scratch, table) = try filled()
        try scratch.environment.read { transaction throws in
            #expect(try table.get(Pair(2, 3), in: transaction)?.value == "2/3")
            #expect(try table.get(Pair(2, 4), in: transaction) == nil)
            var seen: [String] = []
            try table.scan(prefix: UInt64(2), in: transaction) { key, row in
                #expect(key.first == 2)
                seen.append(row.value)
                return .next
            }
            #expect(seen == ["2/0", "2/1", "2/2", "2/3"])
            seen = []
            try table.scanBackwards(before: Pair(UInt64(2), UInt64(1)), in: transaction) { _, row in
                seen.append(row.value)
                return seen.count == 3 ? .stop : .next
            }
            #expect(seen == ["2/0", "1/3", "1/2"])
            seen = []
            try table.scan(from: Pair(UInt64(3), UInt64(2)), in: transaction) { _, row in
                seen.append(row.value)
                return .next
            }
            #expect(seen == ["3/2", "3/3"])
        }
    }

    @Test func `every flipped bit of a value is refused at the read`() throws {
        let (scratch, table) = try filled()
        let key = Pair(UInt64(2), UInt64(1))
        let value = try #require(
            try scratch.environment.read { try table.raw.get(key.keyBytes, in: $0) { [UInt8]($0) } })
        for bit in 0..<value.count * 8 {
            var damaged = value
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            try scratch.environment.write { try table.raw.put(key.keyBytes, damaged, in: $0) }
            #expect(throws: LMDBError.damaged(table: "rows", key: key.keyBytes)) {
                try scratch.environment.read { try table.get(key, in: $0) }
            }
        }
    }

    @Test func `a value under another key, or cut short, is refused`() throws {
        let (scratch, table) = try filled()
        let key = Pair(UInt64(1), UInt64(1))
        let value = try #require(
            try scratch.environment.read { try table.raw.get(key.keyBytes, in: $0) { [UInt8]($0) } })
        let other = Pair(UInt64(9), UInt64(9))
        try scratch.environment.write { try table.raw.put(other.keyBytes, value, in: $0) }
        #expect(throws: LMDBError.damaged(table: "rows", key: other.keyBytes)) {
            try scratch.environment.read { try table.get(other, in: $0) }
        }
        for length in 0..<value.count {
            try scratch.environment.write { try table.raw.put(key.keyBytes, Array(value[..<length]), in: $0) }
            #expect(throws: LMDBError.self) { try scratch.environment.read { try table.get(key, in: $0) } }
        }
    }
}
