import Testing

@testable import Interchange

@Suite struct SheetTests {
    @Test func `quoted cells keep commas, quotes and line breaks, and lines are counted through them`() throws {
        let sheet = try Small.sheet("a,b\r\n\"x, y\",\"two\r\nlines\"\r\n\"say \"\"hi\"\"\",🙂\r\n")
        #expect(sheet.header == ["a", "b"])
        #expect(
            sheet.rows == [
                SheetRow(line: 2, cells: ["x, y", "two\r\nlines"]), SheetRow(line: 4, cells: ["say \"hi\"", "🙂"]),
            ])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `every line ending ends a record, with or without one at the end of the file`(end: String) throws {
        let lines = ["a,b", "1,2", "3,"]
        let open = try Small.sheet(lines.joined(separator: end))
        #expect(open.rows.map(\.cells) == [["1", "2"], ["3", ""]])
        #expect(open.rows.map(\.line) == [2, 3])
        #expect(try Small.sheet(lines.joined(separator: end) + end) == open)
    }

    @Test func `a byte order mark is no part of the first heading`() throws {
        #expect(try Small.sheet("\u{FEFF}a,b\n").header == ["a", "b"])
    }

    @Test func `blank rows are passed over, and lines still count`() throws {
        let sheet = try Small.sheet("a,b\n\n1,2\n , \n,\n3,4\n,,,\n")
        #expect(sheet.rows.map(\.line) == [3, 6])
    }

    @Test func `short and long rows are kept for the reader to judge`() throws {
        #expect(try Small.sheet("a,b\n1\n1,2,3\n").rows.map(\.cells.count) == [1, 3])
    }

    @Test func `what is over a limit is refused`() throws {
        let text = "a,b\n1,22\n3,4\n"
        #expect(throws: ImportRefusal.tooManyBytes(sheet: .clients, limit: 5)) {
            try Small.sheet(text, limits: SheetLimits(bytes: 5))
        }
        #expect(throws: ImportRefusal.tooManyRows(sheet: .clients, limit: 1)) {
            try Small.sheet(text, limits: SheetLimits(rows: 1))
        }
        #expect(throws: ImportRefusal.tooManyCells(sheet: .clients, line: 1, limit: 1)) {
            try Small.sheet(text, limits: SheetLimits(cellsPerRow: 1))
        }
        #expect(throws: ImportRefusal.cellTooLong(sheet: .clients, line: 2, limitBytes: 1)) {
            try Small.sheet(text, limits: SheetLimits(cellBytes: 1))
        }
        #expect(try Small.sheet(text, limits: SheetLimits(rows: 2, cellsPerRow: 2, cellBytes: 2)).rows.count == 2)
    }
}
