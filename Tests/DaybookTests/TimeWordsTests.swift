import Schema
import Testing
import Timetable

@testable import daybook

struct TimeWordsTests {
    /// A Tuesday.
    private let words = TimeWords(today: LocalDate(iso: "2026-12-01") ?? .min)

    @Test(
        arguments: [
            ("2026-12-24", "2026-12-24"), ("today", "2026-12-01"), ("Tomorrow", "2026-12-02"),
            ("yesterday", "2026-11-30"), ("tuesday", "2026-12-01"), ("mon", "2026-12-07"), ("+10", "2026-12-11"),
        ])
    func `dates are understood as people say them`(text: String, date: String) throws {
        #expect(try words.date(text).description == date)
    }

    @Test(arguments: ["", "someday", "mo", "2026-02-30", "+99999", "+", "12/01/2026"])
    func `what is no date is refused`(text: String) {
        #expect(throws: UsageError.self) { try words.date(text) }
    }

    @Test(
        arguments: [
            ("2026-12-24T09:30", "2026-12-24T09:30"), ("2026-12-24 9:30", "2026-12-24T09:30"),
            ("14:00", "2026-12-01T14:00"), ("tomorrow 14:00", "2026-12-02T14:00"), ("fri 9:00", "2026-12-04T09:00"),
        ])
    func `times are understood as people say them`(text: String, time: String) throws {
        #expect(try words.time(text).description == time)
    }

    @Test(arguments: ["tomorrow", "25:00", "tomorrow 14:60", "a b c", "2026-12-24T9"])
    func `what is no time is refused`(text: String) {
        #expect(throws: UsageError.self) { try words.time(text) }
    }

    @Test func `a date alone is its midnight only where that is meant`() throws {
        #expect(try words.time("tomorrow", dateAlone: .midnight).description == "2026-12-02T00:00")
    }

    @Test func `hours of several days and spans become blocks`() throws {
        let blocks = try HoursWords.blocks("mon-tue,fri 09:00-12:00,13:00-24:00")
        #expect(blocks.map(\.weekday) == [1, 1, 2, 2, 5, 5])
        #expect(blocks.map { "\($0.from)-\($0.to)" }.prefix(2) == ["09:00-12:00", "13:00-24:00"])
    }

    @Test(arguments: ["mon", "mon 9", "fri-mon 09:00-12:00", "mon 12:00-09:00", "xyz 09:00-12:00", "- -"])
    func `what are no hours are refused`(text: String) {
        #expect(throws: UsageError.self) { try HoursWords.blocks(text) }
    }

    @Test func `words of the schema are found with hyphen, space or underscore`() throws {
        #expect(try EnumWord.modality("in-person") == .inPerson)
        #expect(try EnumWord.role("practice_manager") == .practiceManager)
        #expect(throws: UsageError.self) { try EnumWord.role("unspecified") }
    }

    @Test(arguments: [("120", 12_000), ("120.5", 12_050), ("0.05", 5)])
    func `amounts are read exactly`(text: String, minor: Int64) throws {
        #expect(try Money(amount: text, currency: "USD").minor == minor)
    }

    @Test(arguments: ["", "1,5", "1.234", "-1", "1.", ".5", "99999999999", "1e3"])
    func `what is no amount is refused`(text: String) {
        #expect(throws: UsageError.self) { try Money(amount: text, currency: "USD") }
    }
}
