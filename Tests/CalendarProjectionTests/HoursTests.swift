import CalendarProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct HoursTests {
    @Test func `the week in force and those to come are listed, by staff and place`() throws {
        let clinic = try Riverside()
        let monday = [block(1, "09:00", "17:00")]
        try clinic.harness.hours(clinic.ben, at: clinic.house, from: "2026-01-01", monday)
        try clinic.harness.hours(clinic.anna, at: clinic.house, from: "2025-01-01", [block(2, "09:00", "12:00")])
        try clinic.harness.hours(clinic.anna, at: clinic.house, from: "2026-01-01", monday)
        try clinic.harness.hours(clinic.anna, at: clinic.house, from: "2026-06-01", [block(3, "09:00", "12:00")])
        // Of two for one date the later one holds.
        try clinic.harness.hours(clinic.anna, at: clinic.house, from: "2026-06-01", [])
        try clinic.harness.hours(clinic.anna, at: nil, from: "2026-03-02", [block(5, "18:00", "24:00")])
        clinic.harness.nowMs = try ms("2026-03-01T12:00")

        let rows = try list(nil, clinic)
        #expect(rows.map(\.staff) == [clinic.anna, clinic.anna, clinic.ben])
        #expect(rows.map(\.staffName) == ["Anna Roth", "Anna Roth", "Ben Okafor"])
        #expect(rows.map(\.locationName) == ["", "River House", "River House"])
        #expect(!rows[0].hasLocation && rows[1].location == clinic.house)
        #expect(rows[0].weeks.map(\.effectiveFrom) == ["2026-03-02"])
        #expect(rows[1].weeks.map(\.effectiveFrom) == ["2026-01-01", "2026-06-01"])
        #expect(rows[1].weeks.map(\.blocks) == [monday, []])
        #expect(rows[1].weeks.map(\.zone) == ["America/New_York", "America/New_York"])
        #expect(rows.allSatisfy { $0.openings.isEmpty })
        #expect(try list(clinic.ben, clinic) == [rows[2]])
    }

    @Test func `whoever is not there any more is not listed`() throws {
        let clinic = try Riverside()
        try clinic.harness.hours(clinic.anna, at: clinic.house, from: "2026-01-01", [block(1, "09:00", "17:00")])
        try clinic.harness.hours(clinic.anna, at: clinic.house, from: "2026-03-01", [])
        clinic.harness.nowMs = try ms("2026-02-28T23:59")
        #expect(try list(nil, clinic).first?.weeks.count == 2)
        clinic.harness.nowMs = try ms("2026-03-01T00:00")
        #expect(try list(nil, clinic).isEmpty)
    }

    @Test func `openings are listed by start until they are over`() throws {
        let clinic = try Riverside()
        let later = try open(clinic.anna, try planned("2026-03-14T09:00", minutes: 180), clinic)
        let sooner = try open(clinic.anna, try planned("2026-03-07T09:00", minutes: 180), clinic)
        clinic.harness.nowMs = try ms("2026-03-07T11:59")
        let row = try #require(try list(clinic.anna, clinic).first)
        #expect(row.openings.map(\.id) == [sooner, later])
        #expect(row.openings.map(\.start) == ["2026-03-07T09:00", "2026-03-14T09:00"])
        #expect(row.openings.map(\.end) == ["2026-03-07T12:00", "2026-03-14T12:00"])
        #expect(row.weeks.isEmpty && row.location == clinic.house)
        clinic.harness.nowMs = try ms("2026-03-07T12:00")
        #expect(try list(clinic.anna, clinic).first?.openings.map(\.id) == [later])
        #expect(try list(clinic.ben, clinic).isEmpty)
    }

    @Test func `the question is about the member of staff it names`() throws {
        let clinic = try Riverside()
        #expect((.with { $0.staff = 7 } as ListHours).target == Target(staff: 7))
        #expect(ListHours().target == Target())
        #expect(ListHours.permission == .viewAvailability)
        #expect(throws: Refusal.missing("member of staff", clinic.blue, field: "staff")) {
            try list(clinic.blue, clinic)
        }
    }

    private func open(_ staff: UInt64, _ time: PlannedTime, _ clinic: Riverside) throws -> UInt64 {
        try clinic.harness.record(
            .availability(
                .extraOpeningAdded(
                    .with {
                        $0.staff = staff
                        $0.location = clinic.house
                        $0.time = time
                    })))
    }

    private func list(_ staff: UInt64?, _ clinic: Riverside) throws -> [HoursRow] {
        var query = ListHours()
        if let staff { query.staff = staff }
        return try clinic.harness.ask(query).rows
    }
}
