import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct LifeOfAnAppointmentTests {
    @Test func `a move frees the old place, keeps the id and counts itself`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T10:00")
        var arrangement = try clinic.arrangement("2026-03-04T15:00", staff: clinic.ben, room: clinic.green)
        let moved = try move(id, to: arrangement, revision: 1, late: true, clinic)

        #expect(try clinic.agenda("2026-03-02", all: true).isEmpty)
        #expect(try clinic.agenda("2026-03-04", all: true) { $0.staff = clinic.anna }.isEmpty)
        #expect(try clinic.agenda("2026-03-04", all: true) { $0.room = clinic.blue }.isEmpty)
        let row = try #require(try clinic.agenda("2026-03-04") { $0.staff = clinic.ben }.first)
        #expect(row.id == id)
        #expect(row.start == "2026-03-04T15:00")
        #expect(row.roomName == "Green")
        #expect(row.revision == 1)
        #expect(row.late)
        #expect(row.changed == moved)
        #expect(row.price.minor == 12_000)

        arrangement.modality = .online
        arrangement.clearLocation()
        arrangement.clearRoom()
        _ = try move(id, to: arrangement, revision: 2, late: false, clinic)
        #expect(try clinic.agenda("2026-03-04") { $0.location = clinic.house }.isEmpty)
        #expect(try clinic.agenda("2026-03-04") { $0.room = clinic.green }.isEmpty)
        let online = try #require(try clinic.agenda("2026-03-04").first)
        #expect(!online.hasLocation && !online.hasRoom && !online.late)
        #expect(online.modality == .online)
    }

    @Test func `a move takes back a confirmation`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T10:00")
        try clinic.harness.record(.scheduling(.appointmentConfirmed(.with { $0.appointment = id })))
        #expect(try clinic.show(id).status == .confirmed)
        _ = try move(id, to: try clinic.arrangement("2026-03-02T11:00"), revision: 1, late: false, clinic)
        #expect(try clinic.show(id).status == .booked)
    }

    @Test func `from confirmation to the end of the session it stays on the calendar`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T10:00")
        let steps: [(SchedulingEvent, AppointmentStatus.Value)] = [
            (.appointmentConfirmed(.with { $0.appointment = id }), .confirmed),
            (.clientCheckedIn(.with { $0.appointment = id }), .arrived),
            (
                .sessionStarted(
                    .with {
                        $0.appointment = id; $0.startedAt = 1_000
                    }), .inSession
            ),
            (
                .sessionEnded(
                    .with {
                        $0.appointment = id; $0.endedAt = 2_000
                    }), .completed
            ),
        ]
        for (event, status) in steps {
            let changed = try clinic.harness.record(.scheduling(event))
            let rows = try clinic.agenda("2026-03-02") { $0.room = clinic.blue }
            #expect(rows.map(\.status) == [status])
            #expect(rows.map(\.changed) == [changed])
        }
        let row = try clinic.show(id)
        #expect(row.startedAt == 1_000)
        #expect(row.endedAt == 2_000)
    }

    @Test func `a session recorded afterwards has both its times`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T10:00")
        try clinic.harness.record(
            .scheduling(
                .sessionRecordedRetrospectively(
                    .with {
                        $0.appointment = id
                        $0.startedAt = 3_000
                        $0.endedAt = 4_000
                    })))
        let row = try #require(try clinic.agenda("2026-03-02").first)
        #expect(row.status == .completed)
        #expect(row.startedAt == 3_000)
        #expect(row.endedAt == 4_000)
    }

    @Test func `what is cancelled, missed or entered in error is shown only to who asks for all`() throws {
        let clinic = try Riverside()
        let cancelled = try clinic.book("2026-03-02T09:00")
        let missed = try clinic.book("2026-03-02T10:00")
        let error = try clinic.book("2026-03-02T11:00")
        let kept = try clinic.book("2026-03-02T12:00")
        try clinic.cancel(cancelled, late: true)
        try clinic.harness.record(.scheduling(.appointmentMarkedNoShow(.with { $0.appointment = missed })))
        try clinic.harness.record(.scheduling(.appointmentMarkedEnteredInError(.with { $0.appointment = error })))
        for change: (inout Agenda) -> Void in [
            { _ in }, { $0.staff = clinic.anna }, { $0.room = clinic.blue }, { $0.location = clinic.house },
            { $0.client = clinic.carla },
        ] {
            #expect(try clinic.agenda("2026-03-02", nil, all: false, change).map(\.id) == [kept])
            let all = try clinic.agenda("2026-03-02", nil, all: true, change)
            #expect(all.map(\.status) == [.cancelled, .noShow, .enteredInError, .booked])
            #expect(all.map(\.late) == [true, false, false, false])
        }
    }

    @Test func `a record about an appointment that was never booked stops the calendar`() throws {
        let clinic = try Riverside()
        #expect(throws: (any Error).self) { try clinic.cancel(4_711) }
    }

    private func move(
        _ id: UInt64, to arrangement: Arrangement, revision: UInt32, late: Bool, _ clinic: Riverside
    ) throws -> UInt64 {
        try clinic.harness.record(
            .scheduling(
                .appointmentRescheduled(
                    .with {
                        $0.appointment = id
                        $0.arrangement = arrangement
                        $0.revision = revision
                        $0.late = late
                    })))
    }
}
