import CalendarProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct TimeOffTests {
    @Test func `times off come by start with their reason sealed to the member of staff`() throws {
        let clinic = try Riverside()
        let later = try clinic.harness.timeOff(clinic.anna, try planned("2026-04-06T00:00", minutes: 5 * 1_440))
        let sooner = try clinic.harness.timeOff(
            clinic.anna, try planned("2026-03-07T12:00", minutes: 1_440), approved: false)
        let other = try clinic.harness.timeOff(clinic.ben, try planned("2026-03-20T09:00", minutes: 60))

        let rows = try list(clinic.anna, clinic)
        #expect(rows.map(\.id) == [sooner, later])
        #expect(rows.map(\.approved) == [false, true])
        #expect(rows.map(\.start) == ["2026-03-07T12:00", "2026-04-06T00:00"])
        // A day of 24 hours over the night in which the clocks go forward.
        #expect(rows.map(\.end) == ["2026-03-08T13:00", "2026-04-11T00:00"])
        #expect(rows.map(\.staffName) == ["Anna Roth", "Anna Roth"])
        #expect(rows.map(\.kind) == ["annual", "annual"])
        #expect(rows[0].reason.sealed.person == clinic.anna)
        #expect(rows[0].reason.sealed.position == sooner)
        #expect(rows[0].reason.sealed.ordinal == 0)
        #expect(rows[0].reason.sealed.category == .personnel)
        #expect(try list(nil, clinic).map(\.id) == [sooner, other, later])
    }

    @Test func `the question is about the member of staff it names`() throws {
        let clinic = try Riverside()
        #expect((.with { $0.staff = 7 } as ListTimeOff).target == Target(staff: 7))
        #expect(ListTimeOff().target == Target())
        #expect(ListTimeOff.permission == .viewAvailability)
        #expect(throws: Refusal.missing("member of staff", clinic.blue, field: "staff")) {
            try list(clinic.blue, clinic)
        }
    }

    private func list(_ staff: UInt64?, _ clinic: Riverside) throws -> [TimeOffRow] {
        var query = ListTimeOff()
        if let staff { query.staff = staff }
        return try clinic.harness.ask(query).rows
    }
}
