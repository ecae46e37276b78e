import SwiftProtobuf
import Synchronization
import Testing

@testable import LMDBKit

@Suite struct DecodedRowsTests {
    private typealias Rows = Table<UInt64, Google_Protobuf_StringValue>
    private let scratch: Scratch
    private let rows: Rows

    init() throws {
        scratch = try Scratch()
        rows = try scratch.environment.write { try Rows("rows", decodedMax: 8, in: $0) }
    }

    private func put(_ key: UInt64, _ text: String) throws {
        try scratch.environment.write { try rows.put(key, .init(text), in: $0) }
    }

    private func get(_ key: UInt64) throws -> String? {
        try scratch.environment.read { try rows.get(key, in: $0)?.value }
    }

    private var kept: Int { rows.decoded?.kept.withLock { $0.count } ?? 0 }

    @Test func `a row that has changed is read as it is now, and as it was in a snapshot`() throws {
        try put(1, "old")
        #expect(try get(1) == "old")
        try scratch.environment.read { before in
            try put(1, "new")
            #expect(try get(1) == "new")
            #expect(try rows.get(1, in: before)?.value == "old")
            #expect(try get(1) == "new")
        }
        try scratch.environment.write { _ = try rows.delete(1, in: $0) }
        #expect(try get(1) == nil)
    }

    @Test func `a bit that flips in a row that is kept is refused all the same`() throws {
        try put(1, "sound")
        #expect(try get(1) == "sound")
        let key = UInt64(1).keyBytes
        let value = try #require(try scratch.environment.read { try rows.raw.get(key, in: $0) { [UInt8]($0) } })
        for bit in 0..<value.count * 8 {
            var damaged = value
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            try scratch.environment.write { try rows.raw.put(key, damaged, in: $0) }
            #expect(throws: LMDBError.damaged(table: "rows", key: key)) { try get(1) }
        }
        try scratch.environment.write { try rows.raw.put(key, value, in: $0) }
        #expect(try get(1) == "sound")
    }

    @Test func `rows are kept by get and by every scan, and no more than may be`() throws {
        for key: UInt64 in 0..<100 { try put(key, "\(key)") }
        for _ in 0..<3 {
            try scratch.environment.read { transaction in
                var seen: [String] = []
                try rows.scanAll(in: transaction) { _, row in
                    seen.append(row.value)
                    return .next
                }
                #expect(seen == (0..<100).map(String.init))
                #expect(try rows.get(50, in: transaction)?.value == "50")
            }
            #expect((1...8).contains(kept))
        }
    }

    @Test func `a writer's rows are not kept, since they may never be`() throws {
        let transaction = try scratch.environment.beginWrite()
        try rows.put(1, .init("never"), in: transaction)
        #expect(try rows.get(1, in: transaction)?.value == "never")
        #expect(kept == 0)
        _ = consume transaction
        #expect(try get(1) == nil)
    }

    @Test func `many rows are written at once as one by one`() throws {
        for key: UInt64 in 0..<50 { try put(key, "old") }
        let changes: [(key: UInt64, row: Google_Protobuf_StringValue?)] = (0..<100).reversed().map { number in
            (UInt64(number), number % 3 == 0 ? nil : .init("\(number)"))
        }
        try scratch.environment.write { try rows.write(changes, in: $0) }
        for key: UInt64 in 0..<100 { #expect(try get(key) == (key % 3 == 0 ? nil : "\(key)")) }
        #expect(throws: LMDBError.self) {
            try scratch.environment.write { transaction in
                let texts = try Table<String, Google_Protobuf_StringValue>("texts", in: transaction)
                try texts.write([(String(repeating: "x", count: 600), .init("too long"))], in: transaction)
            }
        }
    }
}
