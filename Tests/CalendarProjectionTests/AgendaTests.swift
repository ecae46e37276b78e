import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AgendaTests {
    @Test func `a booking is on the calendars of its therapist, room, location and client`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T10:00")
        let row = try #require(try clinic.agenda("2026-03-02").first)
        #expect(row == (try clinic.show(id)))
        #expect(try clinic.agenda("2026-03-02") { $0.staff = clinic.anna } == [row])
        #expect(try clinic.agenda("2026-03-02") { $0.room = clinic.blue } == [row])
        #expect(try clinic.agenda("2026-03-02") { $0.location = clinic.house } == [row])
        #expect(try clinic.agenda("2026-03-02") { $0.client = clinic.carla } == [row])
        #expect(try clinic.agenda("2026-03-02") { $0.staff = clinic.ben }.isEmpty)
        #expect(try clinic.agenda("2026-03-02") { $0.room = clinic.green }.isEmpty)
        #expect(try clinic.agenda("2026-03-02") { $0.client = clinic.david }.isEmpty)
    }

    @Test func `a row says all there is to say, names sealed`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T10:00")
        let row = try clinic.show(id)
        var expected = AppointmentRow()
        expected.id = id
        expected.client = clinic.carla
        expected.clientNumber = "C-000001"
        expected.clientGivenName.sealed = sealed(11, at: clinic.carla, 0)
        expected.clientFamilyName.sealed = sealed(12, at: clinic.carla, 1)
        expected.staff = clinic.anna
        expected.staffName = "Anna Roth"
        expected.service = clinic.therapy
        expected.serviceName = "Therapy"
        expected.location = clinic.house
        expected.locationName = "River House"
        expected.room = clinic.blue
        expected.roomName = "Blue"
        expected.modality = .inPerson
        expected.start = "2026-03-02T10:00"
        expected.end = "2026-03-02T10:50"
        expected.zone = "America/New_York"
        expected.startAt = try ms("2026-03-02T10:00")
        expected.endAt = try ms("2026-03-02T10:50")
        expected.status = .booked
        expected.revision = 0
        expected.late = false
        expected.changed = id
        expected.price.minor = 12_000
        expected.price.currency = "USD"
        #expect(row == expected)
    }

    @Test func `who is named with others narrows the answer`() throws {
        let clinic = try Riverside()
        _ = try clinic.book("2026-03-02T10:00")
        let wanted = try clinic.book("2026-03-02T11:00", staff: clinic.ben)
        _ = try clinic.book("2026-03-02T12:00", client: clinic.david, staff: clinic.ben)
        let rows = try clinic.agenda("2026-03-02") {
            $0.client = clinic.carla
            $0.staff = clinic.ben
            $0.room = clinic.blue
            $0.location = clinic.house
        }
        #expect(rows.map(\.id) == [wanted])
    }

    @Test func `rows come by start, then by id, and an overlap that was accepted shows both`() throws {
        let clinic = try Riverside()
        let late = try clinic.book("2026-03-02T11:00")
        let early = try clinic.book("2026-03-02T09:00")
        let same = try clinic.book("2026-03-02T09:00", client: clinic.david, room: clinic.green)
        try clinic.harness.record(
            .scheduling(
                .conflictOverridden(
                    .with {
                        $0.appointment = same
                        $0.classes = [.therapistOverlap]
                        $0.others = [early]
                    })))
        #expect(try clinic.agenda("2026-03-02") { $0.staff = clinic.anna }.map(\.id) == [early, same, late])
    }

    @Test func `a changed name shows on every appointment at once, and what did not change stays`() throws {
        let clinic = try Riverside()
        let first = try clinic.book("2026-03-02T10:00")
        let second = try clinic.book("2026-03-03T10:00")
        let update = try clinic.harness.record(
            .clients(
                .clientDetailsUpdated(
                    .with {
                        $0.client = clinic.carla
                        $0.familyName = sealedField(99)
                    })))
        let rows = try clinic.agenda("2026-03-02", "2026-03-04")
        #expect(rows.map(\.id) == [first, second])
        for row in rows {
            #expect(row.clientFamilyName.sealed == sealed(99, at: update, 0, of: clinic.carla))
            #expect(row.clientGivenName.sealed == sealed(11, at: clinic.carla, 0))
        }
        // Whoever looks at the calendar sees no change of the appointments themselves.
        #expect(rows.map(\.changed) == [first, second])
    }

    @Test func `without dates it is today by the clock of the practice`() throws {
        let clinic = try Riverside()
        let today = try clinic.book("2026-01-01T22:30")
        _ = try clinic.book("2026-01-02T10:00")
        // In New York it is still the first of January.
        clinic.harness.nowMs = try ms("2026-01-02T03:00", "UTC")
        #expect(try clinic.agenda(nil).map(\.id) == [today])
    }

    private func sealed(_ byte: UInt8, at position: UInt64, _ ordinal: UInt32, of person: UInt64? = nil) -> SealedAt {
        .with {
            $0.position = position
            $0.ordinal = ordinal
            $0.sealed = sealedField(byte)
            $0.person = person ?? position
            $0.category = .identity
        }
    }
}
