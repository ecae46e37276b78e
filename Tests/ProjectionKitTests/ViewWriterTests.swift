import LMDBKit
import SwiftProtobuf
import TestKit
import Testing

@testable import ProjectionKit

@Suite struct ViewWriterTests {
    private typealias Rows = Table<Pair<UInt64, UInt64>, Google_Protobuf_StringValue>
    private let folder: TemporaryFolder
    private let environment: Environment
    private let rows: Rows

    init() throws {
        folder = try TemporaryFolder()
        environment = try Environment(path: folder.path, options: .init(mapSizeBytes: 1 << 30, isUnsynced: true))
        let opener = TableOpener(try environment.beginWrite())
        rows = try opener.table("rows")
        try opener.commit()
    }

    private func writing(_ body: (ViewWriter) throws -> Void) throws {
        let writer = ViewWriter(try environment.beginWrite())
        try body(writer)
        try writer.commit()
    }

    private func stored() throws -> [String] {
        try environment.read { transaction in
            var found: [String] = []
            try rows.scanAll(in: transaction) { key, row in
                found.append("\(key.first)/\(key.second) \(row.value)")
                return .next
            }
            return found
        }
    }

    @Test func `a projector reads what it wrote before it is committed`() throws {
        try writing { try $0.put(rows, Pair(1, 1), "old") }
        try writing { writer in
            try writer.update(rows, Pair(1, 1)) { $0.value += " and new" }
            #expect(try writer.get(rows, Pair(1, 1))?.value == "old and new")
            try writer.put(rows, Pair(1, 0), "first")
            try writer.put(rows, Pair(2, 0), "another's")
            #expect(try writer.rows(rows, prefix: UInt64(1)).map(\.row.value) == ["first", "old and new"])
            try writer.delete(rows, Pair(1, 1))
            #expect(try writer.get(rows, Pair(1, 1)) == nil)
            #expect(try writer.rows(rows, prefix: UInt64(1)).map(\.row.value) == ["first"])
            #expect(try stored() == ["1/1 old"])
        }
        #expect(try stored() == ["1/0 first", "2/0 another's"])
    }

    @Test func `a row that was deleted is not there to be changed, though LMDB still has it`() throws {
        try writing { try $0.put(rows, Pair(1, 1), "old") }
        try writing { writer in
            try writer.delete(rows, Pair(1, 1))
            #expect(throws: ProjectionError.self) { try writer.update(rows, Pair(1, 1)) { $0.value = "back" } }
            #expect(throws: ProjectionError.self) { try writer.update(rows, Pair(9, 9)) { $0.value = "new" } }
        }
        #expect(try stored() == [])
    }

    @Test func `while one row changes, others of its table may be read and written`() throws {
        try writing { writer in
            try writer.put(rows, Pair(1, 1), "one")
            try writer.update(rows, Pair(1, 1)) { row in
                for number in 2..<200 as Range<UInt64> { try writer.put(rows, Pair(1, number), "many") }
                try writer.delete(rows, Pair(1, 3))
                row.value += try writer.get(rows, Pair(1, 2))?.value ?? ""
            }
        }
        #expect(try stored().count == 198)
        #expect(try stored().first == "1/1 onemany")
    }

    @Test func `more rows than may wait go to LMDB between two records and are read from there`() throws {
        let count = UInt64(ViewWriter.waitingMax) + 1
        try writing { writer in
            for number in 0..<count {
                try writer.put(rows, Pair(number, 0), .init("\(number)"))
                if number == count - 2 {
                    try writer.relieve()
                    #expect(!writer.waiting.isEmpty)
                }
            }
            try writer.relieve()
            #expect(writer.waiting.isEmpty)
            try writer.update(rows, Pair(7, 0)) { $0.value += "!" }
            #expect(try writer.get(rows, Pair(count - 1, 0))?.value == "\(count - 1)")
        }
        #expect(try stored().count == Int(count))
        #expect(try environment.read { try rows.get(Pair(7, 0), in: $0) }?.value == "7!")
    }

    @Test func `whatever is done in whatever order, the rows are those of a dictionary`() throws {
        var random = SeededGenerator()
        var expected: [Pair<UInt64, UInt64>: String] = [:]
        for _ in 0..<40 {
            try writing { writer in
                for step in 0..<100 {
                    let key = Pair(UInt64.random(in: 0..<6, using: &random), UInt64.random(in: 0..<8, using: &random))
                    switch Int.random(in: 0..<6, using: &random) {
                    case 0, 1:
                        try writer.put(rows, key, .init("\(step)"))
                        expected[key] = "\(step)"
                    case 2:
                        try writer.delete(rows, key)
                        expected[key] = nil
                    case 3 where expected[key] != nil:
                        try writer.update(rows, key) { $0.value += "+" }
                        expected[key]! += "+"
                    case 4:
                        let found = try writer.rows(rows, prefix: key.first)
                        let wanted = expected.filter { $0.key.first == key.first }.sorted {
                            $0.key.second < $1.key.second
                        }
                        #expect(found.map(\.row.value) == wanted.map(\.value), "seed \(random.seed)")
                    default: #expect(try writer.get(rows, key)?.value == expected[key], "seed \(random.seed)")
                    }
                }
            }
            let wanted = expected.map { "\($0.key.first)/\($0.key.second) \($0.value)" }.sorted()
            #expect(try stored() == wanted, "seed \(random.seed)")
        }
    }
}
