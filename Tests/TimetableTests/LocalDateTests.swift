import Testing
import Timetable

@Suite struct LocalDateTests {
    @Test func `days since the epoch and dates turn into each other over all years`() throws {
        var day = LocalDate.min.daysSinceEpoch
        var expected = (year: 1, month: 1, day: 1)
        while day <= LocalDate.max.daysSinceEpoch {
            let date = try #require(LocalDate(daysSinceEpoch: day))
            let same = date.components == expected
            let back = LocalDate(year: expected.year, month: expected.month, day: expected.day) == date
            if !same || !back { Issue.record("\(date) is not \(expected)") }
            expected.day += 1
            if LocalDate(year: expected.year, month: expected.month, day: expected.day) == nil {
                expected = expected.month == 12 ? (expected.year + 1, 1, 1) : (expected.year, expected.month + 1, 1)
            }
            day += 1
        }
        #expect(expected == (10_000, 1, 1))
    }

    @Test(arguments: [
        ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2026-03-08", 20_520, 7), ("2000-02-29", 11_016, 2),
        ("0001-01-01", -719_162, 1), ("9999-12-31", 2_932_896, 5),
    ])
    func `known days have their number and weekday`(text: String, days: Int, weekday: Int) throws {
        let date = try date(text)
        #expect(date.daysSinceEpoch == days)
        #expect(date.weekday == weekday)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31", "1900-02-29", "0000-01-01", "10000-01-01",
        "2026-1-01", "2026-01-1", "20260101", "2026/01/01", " 2026-01-01", "2026-01-01 ", "2026-01-01T00:00",
        "-026-01-01",
        "+026-01-01", "2026-01-0\u{0}", "2026-01-01\u{0}", "２０２６-01-01", "📅", "", "2026-01-0١",
        String(repeating: "9", count: 100_000),
    ])
    func `anything but a date that exists is refused`(text: String) {
        #expect(LocalDate(iso: text) == nil)
    }

    @Test func `adding days stops at the ends of the calendar`() throws {
        #expect(try date("2024-02-28").adding(days: 1)?.description == "2024-02-29")
        #expect(try date("2026-12-31").adding(days: 1)?.description == "2027-01-01")
        #expect(LocalDate.max.adding(days: 1) == nil)
        #expect(LocalDate.min.adding(days: -1) == nil)
        #expect(LocalDate.max.adding(days: .max) == nil)
        #expect(LocalDate.min.adding(days: .min) == nil)
        #expect(LocalDate.min.adding(days: LocalDate.max.daysSinceEpoch - LocalDate.min.daysSinceEpoch) == .max)
        #expect(LocalDate.min.days(until: .max) == 3_652_058)
    }
}
