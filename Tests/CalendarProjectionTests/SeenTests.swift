import CalendarProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

/// What a colleague sees of appointments with clients who are none of theirs.
@Suite struct SeenTests {
    private let clinic: Riverside
    private let carlas: UInt64
    private let davids: UInt64

    init() throws {
        clinic = try Riverside()
        carlas = try clinic.book("2026-03-02T10:00")
        davids = try clinic.book("2026-03-02T11:00", client: clinic.david, staff: clinic.ben)
        let id = davids
        let later = try clinic.arrangement("2026-03-02T12:00", staff: clinic.ben)
        try clinic.harness.record(
            .scheduling(
                .appointmentRescheduled(
                    .with {
                        $0.appointment = id
                        $0.arrangement = later
                        $0.revision = 1
                        $0.late = true
                    })))
        try clinic.harness.record(
            .scheduling(
                .sessionStarted(
                    .with {
                        $0.appointment = id
                        $0.startedAt = 1_000
                    })))
    }

    private func ask<Q: Query>(_ query: Q, as caller: UInt64) throws -> Q.Answer where Q.View == CalendarView {
        let carla = clinic.carla
        return try clinic.harness.ask(query, as: caller) { permission, target in
            permission == .viewDemographics && target.client == carla
        }
    }

    @Test func `that a time is taken is seen by all, by whom, for what and for how much is not`() throws {
        let day = Agenda.with { $0.from = "2026-03-02" }
        let rows = try ask(day, as: 404).rows
        #expect(rows.map(\.id) == [carlas, davids])
        #expect(rows[0] == (try clinic.show(carlas)))
        var taken = try clinic.show(davids)
        taken.clearClient()
        taken.clearClientNumber()
        taken.clearService()
        taken.clearServiceName()
        taken.clearPrice()
        #expect(taken.hasRevision && taken.hasLate && taken.hasStartedAt)
        taken.clearRevision()
        taken.clearLate()
        taken.clearStartedAt()
        taken.clearEndedAt()
        taken.clientGivenName.withheld = true
        taken.clientFamilyName.withheld = true
        #expect(rows[1] == taken)
        #expect(taken.startAt != 0 && taken.roomName == "Blue" && taken.staffName == "Ben Okafor")
        #expect(try ask(ShowAppointment.with { $0.appointment = davids }, as: 404).row == taken)
    }

    @Test func `on one's own calendar the client is named by number, also one who is not in one's care`() throws {
        let row = try ask(ShowAppointment.with { $0.appointment = davids }, as: clinic.ben).row
        #expect(row == (try clinic.show(davids)))
        #expect(row.clientNumber == "C-000002")
    }

    @Test func `when a client comes, and when they could, is not told to whom they are nobody`() throws {
        let refused = Refusal.forbidden("This client is not in your care.").with { $0.field = "client" }
        #expect(throws: refused) { try ask(Agenda.with { $0.client = clinic.david }, as: clinic.ben) }
        // One who is not there is not told apart.
        #expect(throws: refused) { try ask(Agenda.with { $0.client = 9_999 }, as: clinic.ben) }
        let slots = FreeSlots.with {
            $0.service = clinic.therapy
            $0.client = clinic.david
        }
        #expect(throws: refused) { try ask(slots, as: clinic.ben) }
        #expect(try ask(Agenda.with { $0.client = clinic.carla }, as: clinic.ben).rows.isEmpty)
        #expect(FreeSlots.permission == .findSlots)
    }
}
