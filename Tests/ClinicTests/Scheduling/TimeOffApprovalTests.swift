import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Timetable

@Suite struct TimeOffApprovalTests {
    private func approval(_ id: UInt64, _ resolutions: [TimeOffResolution] = []) -> ApproveTimeOff {
        ApproveTimeOff.with {
            $0.timeOff = id
            $0.resolutions = resolutions
        }
    }

    private func resolution(
        _ id: UInt64, _ action: TimeOffResolution.Action, staff: UInt64? = nil
    ) -> TimeOffResolution {
        .with {
            $0.appointment = id
            $0.action = action
            if let staff { $0.staff = staff }
        }
    }

    @Test func `each affected appointment is kept, cancelled or given to another, all at once`() throws {
        let day = try Day()
        let kept = try day.book("2026-01-06T09:00")
        let cancelled = try day.book("2026-01-06T11:00", day.carls)
        let given = try day.book("2026-01-06T14:00")
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06", kind: .sick)
        let outcome = try day.story.when(
            approval(
                off,
                [
                    resolution(given, .reassign, staff: day.cast.ben), resolution(kept, .keep),
                    resolution(cancelled, .cancel),
                ]), by: day.cast.manager)
        #expect(outcome.types == [.timeOffApproved, .appointmentRescheduled, .appointmentCancelled])
        #expect(outcome.reply.changed == [given, cancelled])
        let moved = try outcome.event(AppointmentRescheduled.self)
        #expect(moved.arrangement.staff == day.cast.ben)
        #expect(moved.arrangement.time.startLocal == "2026-01-06T14:00")
        let event = try outcome.event(AppointmentCancelled.self)
        #expect(event.reason == .therapistIllness && event.by == .clinic && !event.late)
    }

    @Test func `an absence that is no illness is told as the therapist's schedule`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T09:00")
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        let outcome = try day.story.when(approval(off, [resolution(id, .cancel)]), by: day.cast.manager)
        #expect(try outcome.event(AppointmentCancelled.self).reason == .therapistSchedule)
    }

    @Test func `exactly the affected appointments are resolved, and the refusal lists them`() throws {
        let day = try Day()
        let one = try day.book("2026-01-06T09:00")
        let two = try day.book("2026-01-06T11:00")
        let other = try day.book("2026-01-07T11:00")
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        for resolutions in [
            [], [resolution(one, .keep)], [resolution(one, .keep), resolution(one, .cancel)],
            [resolution(one, .keep), resolution(two, .keep), resolution(other, .keep)],
        ] {
            let refusal = try #require(try day.story.when(approval(off, resolutions), by: day.cast.manager).refusal)
            #expect(refusal.rule == "INV-AVAIL-06")
            #expect(refusal.facts.affected == [one, two])
        }
    }

    @Test func `what a request says it affects is what its approval must resolve`() throws {
        let day = try Day()
        let begun = try day.book("2026-01-06T09:00")
        let toCome = try day.book("2026-01-06T11:00")
        try day.story.goTo("2026-01-06T10:00")
        let asked = try day.story.when(
            RequestTimeOff.with {
                $0.staff = day.cast.ana
                $0.start = "2026-01-06T00:00"
                $0.end = "2026-01-07T00:00"
                $0.kind = .sick
            }, by: day.cast.ana)
        #expect(try asked.event(TimeOffRequested.self).affected == [toCome])
        let outcome = try day.story.when(
            approval(asked.reply.id, [resolution(toCome, .cancel)]), by: day.cast.manager)
        #expect(outcome.types == [.timeOffApproved, .appointmentCancelled])
        #expect(begun != toCome)
    }

    @Test func `whoever takes an appointment over takes it at its instant, by whatever clock it was booked`() throws {
        let day = try Day()
        // As an import books it that gives no place: by the practice's online clock.
        let id = try day.online("2026-01-06T14:00")
        let startMs = try day.story.instantMs("2026-01-06T14:00")
        var arrangement = try #require(try day.arrangement(of: id))
        arrangement.time.zone = "UTC"
        arrangement.time.startLocal = "2026-01-06T19:00"
        try day.story.given(
            AppointmentRescheduled.with {
                $0.appointment = id
                $0.arrangement = arrangement
                $0.revision = 1
            }, about: [Subject(.appointment, id)])
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        let outcome = try day.story.when(
            approval(off, [resolution(id, .reassign, staff: day.cast.ben)]), by: day.cast.manager)
        #expect(try outcome.event(AppointmentRescheduled.self).arrangement.time.startAt == startMs)
    }

    @Test func `what has begun or does not take place is not affected`() throws {
        let day = try Day()
        let cancelled = try day.book("2026-01-06T09:00")
        try day.story.given(day.cancellation(cancelled), by: day.cast.desk)
        _ = try day.book("2026-01-06T10:00")
        try day.story.goTo("2026-01-06T10:00")
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        #expect(try day.story.when(approval(off), by: day.cast.manager).types == [.timeOffApproved])
    }

    @Test func `when one resolution is refused nothing happens, and it says which`() throws {
        let day = try Day()
        let one = try day.book("2026-01-06T09:00")
        let two = try day.book("2026-01-06T14:00")
        _ = try day.book("2026-01-06T14:00") {
            $0.client = day.cast.carl
            $0.staff = day.cast.ben
        }
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        let before = day.story.next
        let outcome = try day.story.when(
            approval(off, [resolution(one, .cancel), resolution(two, .reassign, staff: day.cast.ben)]),
            by: day.cast.manager)
        #expect(outcome.refused == Refused("INV-SCHED-03", "resolutions[1]"))
        #expect(outcome.refusal?.facts.affected == [two])
        #expect(outcome.refusal?.detail.hasPrefix("Appointment \(two): ") == true)
        #expect(day.story.next == before)
        #expect(try day.story.when(day.cancellation(one), by: day.cast.desk).refusal == nil)
    }

    @Test func `two appointments do not go to one therapist for one time`() throws {
        let day = try Day()
        let one = try day.book("2026-01-06T14:00")
        let two = try day.story.given(
            day.booking("2026-01-06T14:00") {
                day.carls(&$0)
                $0.override = [.therapistOverlap]
                $0.overrideReason = "A joint session"
            }, by: day.cast.owner)
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        let outcome = try day.story.when(
            approval(
                off,
                [
                    resolution(one, .reassign, staff: day.cast.ben), resolution(two, .reassign, staff: day.cast.ben),
                ]), by: day.cast.manager)
        #expect(outcome.refused == Refused("INV-SCHED-03", "resolutions[1]"))
    }

    @Test func `a resolution that is not well formed is refused by its path`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        func refused(_ resolution: TimeOffResolution) throws -> Refused? {
            try day.story.when(approval(off, [resolution]), by: day.cast.manager).refused
        }
        #expect(try refused(.with { $0.action = .keep }) == .malformed("resolutions[0].appointment"))
        #expect(try refused(.with { $0.appointment = id }) == .malformed("resolutions[0].action"))
        #expect(try refused(resolution(id, .UNRECOGNIZED(8))) == .malformed("resolutions[0].action"))
        #expect(try refused(resolution(id, .reassign)) == .malformed("resolutions[0].staff"))
        #expect(try refused(resolution(id, .keep, staff: day.cast.ben)) == .malformed("resolutions[0].staff"))
        #expect(try refused(resolution(id, .reassign, staff: id)) == .notFound("resolutions[0].staff"))
        #expect(
            try refused(resolution(id, .reassign, staff: day.cast.ana)) == .malformed("resolutions[0].staff"))
    }

    @Test func `nobody approves their own time off, or what they asked for, but an owner`() throws {
        let day = try Day()
        let own = try day.requestTimeOff(day.cast.manager, "2026-01-06")
        let asked = try day.requestTimeOff(day.cast.ana, "2026-01-07", by: day.cast.manager)
        for id in [own, asked] {
            #expect(try day.story.when(approval(id), by: day.cast.manager).refused == Refused("INV-AVAIL-07"))
            #expect(try day.story.when(approval(id), by: day.cast.ana).refused == .notPermitted)
            #expect(try day.story.when(approval(id), by: day.cast.owner).refusal == nil)
        }
        let owners = try day.requestTimeOff(day.cast.owner, "2026-01-08")
        #expect(try day.story.when(approval(owners), by: day.cast.owner).refusal == nil)
        #expect(try day.story.when(approval(owners), by: day.cast.owner).refused == .unchanged)
    }

    @Test func `an id of another kind is not found`() throws {
        let day = try Day()
        #expect(
            try day.story.when(approval(day.cast.ana), by: day.cast.manager).refused == .notFound("timeOff"))
        #expect(try day.story.when(ApproveTimeOff(), by: day.cast.manager).refused == .malformed("timeOff"))
    }

    @Test func `an approved time off closes the day`() throws {
        let day = try Day()
        let off = try day.requestTimeOff(day.cast.ana, "2026-01-06")
        try day.story.given(approval(off), by: day.cast.manager)
        let outcome = try day.story.when(day.booking("2026-01-06T14:00"), by: day.cast.desk)
        #expect(outcome.refusal?.facts.classes == ["unavailable_time_off"])
    }
}
