import Testing
import Timetable

@Suite struct WeeklyHoursTests {
    private func block(_ weekday: Int, _ from: String, _ to: String) throws -> HoursBlock {
        HoursBlock(weekday: weekday, from: try time(from), to: try time(to))
    }

    private func version(_ from: String, recorded: UInt64 = 1, _ blocks: [HoursBlock]) throws -> WeeklyHours {
        WeeklyHours(effectiveFrom: try date(from), recorded: recorded, blocks: blocks)
    }

    @Test func `the version in force is the latest not after the date, and of equals the later recorded`() throws {
        let monday = [try block(1, "09:00", "12:00")]
        let history = HoursHistory([
            try version("2026-03-01", recorded: 9, []), try version("2026-01-01", recorded: 4, monday),
            try version("2026-03-01", recorded: 7, monday),
        ])
        #expect(history.version(on: try date("2025-12-31")) == nil)
        #expect(history.version(on: try date("2026-01-01"))?.recorded == 4)
        #expect(history.version(on: try date("2026-02-28"))?.recorded == 4)
        #expect(history.version(on: try date("2026-03-01"))?.recorded == 9)
        #expect(history.version(on: .max)?.blocks.isEmpty == true)
    }

    @Test func `a block from after its end, empty, or on an eighth day is malformed`() throws {
        let blocks = [
            try block(1, "09:00", "24:00"), try block(1, "09:00", "09:00"), try block(2, "10:00", "09:00"),
            try block(0, "09:00", "10:00"), try block(8, "09:00", "10:00"), try block(7, "00:00", "00:01"),
        ]
        #expect(try version("2026-01-01", blocks).malformedBlocks == [1, 2, 3, 4])
    }

    @Test func `blocks of one version clash when they overlap on one weekday, not when they touch`() throws {
        let blocks = [
            try block(1, "09:00", "12:00"), try block(1, "12:00", "15:00"), try block(2, "09:00", "15:00"),
            try block(1, "11:59", "12:01"),
        ]
        let pairs = try version("2026-01-01", blocks).clashingBlocks
        #expect(pairs.map { [$0.0, $0.1] } == [[0, 3], [1, 3]])
    }

    @Test func `one therapist cannot be open at two locations on a date when both hours are in force`() throws {
        let zone = try zone("Europe/London")
        let north = HoursHistory([
            try version("2026-01-01", [try block(3, "09:00", "12:00")]), try version("2026-06-01", recorded: 5, []),
        ])
        let south = HoursHistory([try version("2026-05-20", recorded: 3, [try block(3, "11:00", "14:00")])])
        let later = HoursHistory([try version("2026-05-29", recorded: 3, [try block(3, "11:00", "14:00")])])
        let clash = StaffWeek([
            .init(site: .location(1), zone: zone, history: north),
            .init(site: .location(2), zone: zone, history: south),
        ]).clashes()
        #expect(clash.map(\.date.description) == ["2026-05-20"])
        #expect(clash.map(\.second.site) == [.location(2)])
        // In force together on 29 to 31 May only, and none of those is a Wednesday.
        let none = StaffWeek([
            .init(site: .location(1), zone: zone, history: north),
            .init(site: .location(2), zone: zone, history: later),
        ]).clashes()
        #expect(none.isEmpty)
    }

    @Test func `sites of different zones are compared as instants`() throws {
        let london = HoursHistory([try version("2026-01-01", [try block(1, "14:00", "15:00")])])
        let newYork = HoursHistory([try version("2026-01-01", [try block(1, "10:00", "12:00")])])
        let clash = StaffWeek([
            .init(site: .location(1), zone: try zone("Europe/London"), history: london),
            .init(site: .online, zone: try zone("America/New_York"), history: newYork),
        ]).clashes()
        // Five hours apart until New York changes its clocks three weeks before London does.
        #expect(clash.map(\.date.description) == ["2026-03-09"])
    }
}
