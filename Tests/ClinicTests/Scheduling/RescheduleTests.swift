import SwiftProtobuf
import Clinic
import Schema
import TestKit
import Testing
import Timetable

@Suite struct RescheduleTests {
    @Test func `a move keeps the id, counts a revision, clears the confirmation and frees the old time`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.given(ConfirmAppointment.with { $0.appointment = id }, by: day.cast.desk)
        let outcome = try day.story.when(day.move(id) { $0.start = "2026-01-06T16:00" }, by: day.cast.desk)
        let event = try outcome.event(AppointmentRescheduled.self)
        #expect(event.appointment == id)
        #expect(event.revision == 1)
        #expect(outcome.reply.id == id)
        #expect(outcome.reply.start == "2026-01-06T16:00")
        // Confirmed no more, so that it can be confirmed again; and the old time is another's.
        #expect(try day.story.when(ConfirmAppointment.with { $0.appointment = id }, by: day.cast.desk).refusal == nil)
        #expect(try day.story.when(day.booking("2026-01-06T14:00", day.carls), by: day.cast.desk).refusal == nil)
        let again = try day.story.when(day.move(id) { $0.start = "2026-01-06T11:00" }, by: day.cast.desk)
        #expect(try again.event(AppointmentRescheduled.self).revision == 2)
    }

    @Test func `what is not named stays`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00") { $0.minutes = 30 }
        let before = try #require(try day.room(of: id))
        let event = try day.story.when(day.move(id) { $0.staff = day.cast.ben }, by: day.cast.desk)
            .event(AppointmentRescheduled.self)
        #expect(event.arrangement.staff == day.cast.ben)
        #expect(event.arrangement.location == day.cast.north)
        #expect(event.arrangement.room == before)
        #expect(event.arrangement.time.startLocal == "2026-01-06T14:00")
        #expect(event.arrangement.time.endAt - event.arrangement.time.startAt == 30 * 60_000)
    }

    @Test func `both therapists are subjects when it goes from one to the other`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        let outcome = try day.story.when(day.move(id) { $0.staff = day.cast.ben }, by: day.cast.desk)
        let staff = outcome.recorded.first?.header.subjects.filter { $0.kind == .staff }.map(\.id)
        #expect(staff == [day.cast.ben, day.cast.ana])
    }

    @Test func `the room is kept where it is free, else another is taken`() throws {
        let day = try Day()
        let large = try day.book("2026-01-06T14:00") { $0.room = day.cast.northLarge }
        // The small one is chosen first, but the one it has is kept.
        try day.story.given(day.move(large) { $0.start = "2026-01-06T15:00" }, by: day.cast.desk)
        #expect(try day.room(of: large) == day.cast.northLarge)

        let small = try day.book("2026-01-06T11:00")
        _ = try day.book("2026-01-06T12:00") {
            $0.client = day.cast.carl
            $0.staff = day.cast.ben
        }
        try day.story.given(day.move(small) { $0.start = "2026-01-06T12:00" }, by: day.cast.desk)
        #expect(try day.room(of: small) == day.cast.northLarge)
    }

    @Test func `a move that changes nothing is refused as such`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        let room = try #require(try day.room(of: id))
        let nothing = [
            day.move(id) { _ in },
            day.move(id) { $0.start = "2026-01-06T14:00" },
            day.move(id) {
                $0.staff = day.cast.ana
                $0.location = day.cast.north
                $0.room = room
                $0.minutes = 50
                $0.modality = .inPerson
            },
        ]
        for command in nothing {
            #expect(try day.story.when(command, by: day.cast.desk).refused == .unchanged)
        }
    }

    @Test func `a move of something that changed since one looked is refused`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.given(ConfirmAppointment.with { $0.appointment = id }, by: day.cast.desk)
        let stale = day.move(id) {
            $0.start = "2026-01-06T15:00"
            $0.expecting = id
        }
        let outcome = try day.story.when(stale, by: day.cast.desk)
        #expect(outcome.refusal?.status == 412)
        #expect(outcome.refusal?.facts.changed == id + 1)
        let fresh = day.move(id) {
            $0.start = "2026-01-06T15:00"
            $0.expecting = id + 1
        }
        #expect(try day.story.when(fresh, by: day.cast.desk).refusal == nil)
    }

    @Test func `what has passed can be moved to what is to come, and to nothing else`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-08T10:00")
        let back = try day.story.when(day.move(id) { $0.start = "2026-01-07T14:00" }, by: day.cast.desk)
        #expect(back.refused == Refused("INV-SCHED-09", "start"))
        let staff = try day.story.when(day.move(id) { $0.staff = day.cast.ben }, by: day.cast.desk)
        #expect(staff.refused == Refused("INV-SCHED-09", "start"))
        #expect(try day.story.when(day.move(id) { $0.start = "2026-01-09T14:00" }, by: day.cast.desk).refusal == nil)
    }

    @Test func `a session that goes online leaves its place and its room, and keeps its instant`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00") { $0.location = day.cast.south }
        let event = try day.story.when(day.move(id) { $0.modality = .online }, by: day.cast.desk)
            .event(AppointmentRescheduled.self)
        #expect(!event.arrangement.hasLocation && !event.arrangement.hasRoom)
        #expect(event.arrangement.time.startLocal == "2026-01-06T15:00")
        #expect(event.arrangement.time.zone == "America/New_York")
        #expect(event.arrangement.time.startAt == (try day.story.instantMs("2026-01-06T15:00")))
    }

    @Test func `an imported appointment off the grid keeps its time when only the therapist changes`() throws {
        let day = try Day()
        let id = try day.story.given(
            AppointmentBooked.with {
                $0.client = day.cast.cleo
                $0.service = day.cast.therapy
                $0.arrangement = .with {
                    $0.staff = day.cast.ana
                    $0.location = day.cast.north
                    $0.room = day.cast.northSmall
                    $0.modality = .inPerson
                    $0.time = .with {
                        $0.startLocal = "2026-01-06T14:07"
                        $0.zone = "America/New_York"
                        $0.startAt = 1_767_726_420_000
                        $0.endAt = $0.startAt + 47 * 60_000
                    }
                }
            }, about: [Subject(.appointment, day.story.next), Subject(.client, day.cast.cleo)])
        #expect(try day.story.when(day.move(id) { $0.staff = day.cast.ben }, by: day.cast.desk).refusal == nil)
        let other = try day.story.when(day.move(id) { $0.start = "2026-01-06T15:07" }, by: day.cast.desk)
        #expect(other.refused == Refused("INV-SCHED-01", "start"))
    }

    @Test func `a therapist moves what is theirs, within their own calendar`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        let away = day.move(id) { $0.staff = day.cast.ben }
        #expect(try day.story.when(away, by: day.cast.ana).refused == .notPermitted)
        let later = day.move(id) { $0.start = "2026-01-06T15:00" }
        #expect(try day.story.when(later, by: day.cast.ben).refused == .notPermitted)
        #expect(try day.story.when(later, by: day.cast.ana).refusal == nil)
    }

    @Test func `an appointment is not in its own way`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        #expect(try day.story.when(day.move(id) { $0.start = "2026-01-06T14:10" }, by: day.cast.desk).refusal == nil)
    }

    @Test func `a move onto another is refused and leaves everything as it was`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        let other = try day.book("2026-01-06T16:00", day.carls)
        let outcome = try day.story.when(day.move(id) { $0.start = "2026-01-06T15:30" }, by: day.cast.desk)
        #expect(outcome.refused == Refused("INV-SCHED-03"))
        #expect(outcome.refusal?.facts.conflicts == [other])
        let again = try day.story.when(day.booking("2026-01-06T14:00", day.carls), by: day.cast.desk)
        #expect(again.refusal?.facts.conflicts == [id])
    }
}
