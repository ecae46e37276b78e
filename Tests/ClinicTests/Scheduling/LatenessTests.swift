import SwiftProtobuf
import Clinic
import Schema
import TestKit
import Testing
import Timetable

@Suite struct LatenessTests {
    /// Open on Sundays too.
    private func sundayStory() throws -> (Day, UInt64) {
        let day = try Day()
        try day.story.given(
            ExtraOpeningAdded.with {
                $0.staff = day.cast.ana
                $0.location = day.cast.north
                $0.time = .with {
                    $0.startLocal = "2026-03-08T08:00"
                    $0.zone = "America/New_York"
                    $0.startAt = 1_772_971_200_000
                    $0.endAt = $0.startAt + 8 * 3_600_000
                }
            }, about: [Subject(.staff, day.cast.ana)])
        return (day, try day.book("2026-03-08T10:00"))
    }

    @Test func `a night with 23 hours makes notice at the same wall clock time late`() throws {
        let (day, id) = try sundayStory()
        try day.story.goTo("2026-03-07T10:00")
        let event = try day.story.when(day.cancellation(id), by: day.cast.desk).event(AppointmentCancelled.self)
        #expect(event.leadMs == 23 * 3_600_000)
        #expect(event.late)
    }

    @Test(arguments: [(0, false), (1, true), (-1, false)])
    func `notice of exactly 24 hours is not late, one millisecond less is`(lessMs: Int64, isLate: Bool) throws {
        let day = try Day()
        let id = try day.book("2026-01-08T14:00")
        day.story.nowMs = try day.story.instantMs("2026-01-07T14:00") + lessMs
        let outcome = try day.story.when(day.cancellation(id), by: day.cast.desk)
        #expect(try outcome.event(AppointmentCancelled.self).late == isLate)
        #expect(outcome.reply.late == isLate)
    }

    @Test func `the clinic is never late`() throws {
        let day = try Day()
        let id = try day.book("2026-01-05T14:00")
        let event = try day.story.when(
            day.cancellation(id) {
                $0.clearBy()
                $0.reason = .therapistIllness
            }, by: day.cast.desk
        ).event(AppointmentCancelled.self)
        #expect(event.by == .clinic)
        #expect(!event.late)
    }

    @Test func `lateness is reckoned from when notice was given, and the notice is when it took effect`() throws {
        let day = try Day()
        let id = try day.book("2026-01-08T14:00")
        try day.story.goTo("2026-01-08T09:00")
        let outcome = try day.story.when(
            day.cancellation(id) { $0.notice = "2026-01-07T13:55" }, by: day.cast.desk)
        let noticeMs = try day.story.instantMs("2026-01-07T13:55")
        #expect(try !outcome.event(AppointmentCancelled.self).late)
        #expect(outcome.recorded.first?.header.effectiveAt == noticeMs)
    }

    @Test(arguments: [
        "2026-01-05T10:05", "2026-01-05T09:58", "2026-01-05T24:00", "0001-01-01T00:00", "9999-12-31T23:59",
    ])
    func `notice is neither to come nor older than the booking`(notice: String) throws {
        let day = try Day()
        let id = try day.book("2026-01-08T14:00")
        let outcome = try day.story.when(day.cancellation(id) { $0.notice = notice }, by: day.cast.desk)
        #expect(outcome.refused == .malformed("notice"))
    }

    @Test func `notice in the minute of the booking counts`() throws {
        let day = try Day()
        day.story.nowMs += 30_000
        let id = try day.book("2026-01-08T14:00")
        let outcome = try day.story.when(day.cancellation(id) { $0.notice = "2026-01-05T10:00" }, by: day.cast.desk)
        #expect(outcome.refusal == nil)
    }

    @Test func `a cancellation needs a reason, and only the daemon says that it was the daemon`() throws {
        let day = try Day()
        let id = try day.book("2026-01-08T14:00")
        func refused(_ change: (inout CancelAppointment) -> Void) throws -> Refused? {
            try day.story.when(day.cancellation(id, change), by: day.cast.desk).refused
        }
        #expect(try refused { $0.clearReason() } == .malformed("reason"))
        #expect(try refused { $0.reason = .unspecified } == .malformed("reason"))
        #expect(try refused { $0.reason = .UNRECOGNIZED(99) } == .malformed("reason"))
        #expect(try refused { $0.by = .system } == .malformed("by"))
        #expect(try refused { $0.expecting = id } == nil)
    }

    @Test(arguments: [
        ("2026-01-09T14:00", false), ("2026-01-05T16:00", false), ("2026-01-12T09:00", true),
    ])
    func `a client's late move is held against them unless it stays in the week`(start: String, isLate: Bool) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T09:00")
        let event = try day.story.when(
            day.move(id) {
                $0.start = start
                $0.by = .client
            }, by: day.cast.desk
        ).event(AppointmentRescheduled.self)
        #expect(event.late == isLate)
    }

    @Test func `a timely move into another week is not late, nor is the clinic's own`() throws {
        let day = try Day()
        let timely = try day.book("2026-01-08T09:00")
        let own = try day.book("2026-01-06T09:00")
        for (id, by) in [(timely, RequestedBy.Value.client), (own, .clinic)] {
            let event = try day.story.when(
                day.move(id) {
                    $0.start = by == .client ? "2026-01-12T09:00" : "2026-01-12T11:00"
                    $0.by = by
                }, by: day.cast.desk
            ).event(AppointmentRescheduled.self)
            #expect(!event.late)
        }
    }
}
