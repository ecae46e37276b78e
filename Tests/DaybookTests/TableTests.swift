import Testing

@testable import daybook

struct TableTests {
    @Test func `wide and combining characters take the room they take`() {
        #expect(DisplayWidth.of("abc") == 3)
        #expect(DisplayWidth.of("e\u{301}") == 1)
        #expect(DisplayWidth.of("日本") == 4)
        #expect(DisplayWidth.of("👩‍👩‍👧") == 2)
        #expect(DisplayWidth.of("") == 0)
    }

    @Test func `columns line up whatever is in them`() {
        let table = Table([Table.Column("Name"), .number("Id")], [["Zoë", "7"], ["日本", "4100"], ["Ann", "12"]])
        #expect(table.lines() == ["Name    Id", "Zoë      7", "日本  4100", "Ann     12"])
    }

    @Test func `a narrow terminal cuts what may be cut and nothing else`() {
        let rows = [["09:00–09:50", "Individual psychotherapy", "5120"]]
        let table = Table([.fixed("Time"), Table.Column("Service"), .number("Id")], rows)
        #expect(table.lines(width: 32).last == "09:00–09:50  Individual p…  5120")
        #expect(table.lines(width: 5).last == "09:00–09:50  Indiv…  5120")
    }

    @Test func `columns without content are left out`() {
        let table = Table([Table.Column("A"), Table.Column("B")], [["x", ""], ["y", ""]])
        #expect(table.lines() == ["A", "x", "y"])
    }

    @Test func `text cannot command the terminal`() {
        let table = Table([Table.Column("A")], [["\u{1B}[31mred\u{7}\nnext\u{202E}"]])
        #expect(table.lines().last == " [31mred  next")
    }
}
