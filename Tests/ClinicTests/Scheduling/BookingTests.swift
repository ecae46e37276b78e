import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Timetable

@Suite struct BookingTests {
    private func outcome(
        _ day: Day, _ start: String = "2026-01-06T14:00", _ change: (inout BookAppointment) -> Void = { _ in }
    ) throws -> StoryOutcome {
        try day.story.when(day.booking(start, change), by: day.cast.desk)
    }

    @Test func `a booking says where and when, and pins its price`() throws {
        let day = try Day()
        let outcome = try outcome(day)
        let event = try outcome.event(AppointmentBooked.self)
        #expect(event.price.minor == 12_000)
        #expect(outcome.reply.room == day.cast.northSmall)
        #expect(outcome.reply.start == "2026-01-06T14:00")
        #expect(outcome.reply.end == "2026-01-06T14:50")
        #expect(event.arrangement.time.offsetSeconds == -5 * 3_600)
        #expect(event.arrangement.time.dst == .none)
    }

    @Test(arguments: [0, 3, 52, 485, 65_536, UInt32.max])
    func `a length that no session has is refused`(minutes: UInt32) throws {
        #expect(try outcome(try Day()) { $0.minutes = minutes }.refused == Refused("INV-SCHED-01", "minutes"))
    }

    @Test(arguments: [
        ("2026-01-06T14:03", "INV-SCHED-01"), ("2026-01-05T10:00", "INV-SCHED-09"),
        ("0001-01-01T00:00", "INV-SCHED-09"),
        ("9999-12-31T23:55", "INV-SCHED-09"), ("2036-01-07T14:00", "INV-SCHED-09"), ("0000-01-01T00:00", "malformed"),
        ("2026-02-30T10:00", "malformed"), ("2026-01-06T14:00Z", "malformed"), ("2026-01-06 14:00", "malformed"),
        ("2026-01-06T24:00", "malformed"), ("14:00", "malformed"), ("", "malformed"), ("\u{0}", "malformed"),
        ("2026-01-06T1\u{1F600}:00", "malformed"),
    ])
    func `a start that cannot be is refused by name`(start: String, rule: String) throws {
        #expect(try outcome(try Day(), start).refused == Refused(rule, "start"))
    }

    @Test func `the horizon binds clients and not the desk`() throws {
        // 730 days are the policy's horizon.
        #expect(try outcome(try Day(), "2028-02-10T14:00").refusal == nil)
    }

    @Test func `a therapist is booked where they work and for whom they take`() throws {
        let day = try Day()
        let cast = day.cast
        func offer(_ change: (inout SetStaffServices) -> Void) throws {
            try day.story.given(
                SetStaffServices.with {
                    $0.staff = cast.ana
                    change(&$0)
                }, by: cast.manager)
        }
        try offer { $0.locations = [cast.south] }
        #expect(try outcome(day).refused == Refused("not-offered", "location"))
        #expect(
            try day.story.when(day.booking("2026-01-06T15:00") { $0.location = cast.south }, by: cast.desk).refusal
                == nil)
        try offer { $0.acceptsNew = false }
        // Carl is new to Ana, Cleo is not.
        #expect(try outcome(day) { $0.client = cast.carl }.refused == Refused("not-offered", "staff"))
        #expect(try outcome(day).refusal == nil)
    }

    @Test(arguments: ["0001-01-01T00:00", "9999-12-31T23:55", "9999-12-31T16:00"])
    func `an import at the ends of the calendar is answered too`(start: String) throws {
        let day = try Day()
        let outcome = try day.story.when(day.booking(start) { $0.minutes = 480 }, by: day.anImport)
        #expect(outcome.refusal == nil || outcome.refused == .malformed("start"))
    }

    @Test func `ids of another kind are not found, each by its field`() throws {
        let day = try Day()
        let cast = day.cast
        #expect(try outcome(day) { $0.client = cast.ana }.refused == .notFound("client"))
        #expect(try outcome(day) { $0.staff = cast.cleo }.refused == .notFound("staff"))
        #expect(try outcome(day) { $0.service = cast.north }.refused == .notFound("service"))
        #expect(try outcome(day) { $0.location = cast.therapy }.refused == .notFound("location"))
        #expect(try outcome(day) { $0.room = cast.north }.refused == .notFound("room"))
        #expect(try outcome(day) { $0.room = UInt64.max }.refused == .notFound("room"))
    }

    @Test func `what is missing is named`() throws {
        let day = try Day()
        #expect(try outcome(day) { $0.clearClient() }.refused == .malformed("client"))
        #expect(try outcome(day) { $0.clearStaff() }.refused == .malformed("staff"))
        #expect(try outcome(day) { $0.clearService() }.refused == .malformed("service"))
        #expect(try outcome(day) { $0.clearStart() }.refused == .malformed("start"))
    }

    @Test func `place, room and modality fit together`() throws {
        let day = try Day()
        let cast = day.cast
        func refused(_ change: (inout BookAppointment) -> Void) throws -> Refused? {
            try outcome(day, change).refused
        }
        #expect(
            try refused {
                $0.clearLocation()
                $0.modality = .inPerson
            } == Refused("INV-SCHED-06", "location"))
        #expect(
            try refused {
                $0.modality = .online
                $0.room = cast.northSmall
            } == Refused("INV-SCHED-06", "room"))
        #expect(try refused { $0.modality = .homeVisit } == Refused("INV-SCHED-06", "modality"))
        #expect(try refused { $0.modality = .unspecified } == .malformed("modality"))
        #expect(try refused { $0.modality = .UNRECOGNIZED(9) } == .malformed("modality"))
        let elsewhere = try day.story.room("Attic", at: cast.south, capacity: 4)
        #expect(try refused { $0.room = elsewhere } == Refused("INV-LOC-02", "room"))
        let closet = try day.story.room("Closet", at: cast.north, capacity: 1)
        #expect(try refused { $0.room = closet } == Refused("INV-SCHED-04", "room"))
    }

    private func outcome(_ day: Day, _ change: (inout BookAppointment) -> Void) throws -> StoryOutcome {
        try outcome(day, "2026-01-06T14:00", change)
    }

    @Test func `an online session may name the place whose clock it goes by, and takes no room there`() throws {
        let day = try Day()
        let outcome = try outcome(day, "2026-01-06T13:00") {
            $0.location = day.cast.south
            $0.modality = .online
        }
        let arrangement = try outcome.event(AppointmentBooked.self).arrangement
        #expect(arrangement.time.zone == "America/Chicago")
        #expect(!arrangement.hasRoom)
    }

    @Test func `a location without rooms that needs one says so`() throws {
        let day = try Day()
        let bare = try day.story.location("Bare", "America/New_York", requiresRoom: true)
        try day.story.openWeekdays(day.cast.ana, at: bare)
        let refusal = try #require(try outcome(day) { $0.location = bare }.refusal)
        #expect(refusal.rule == "INV-SCHED-04")
        #expect(refusal.detail == "This location has no rooms. Add one first.")
    }

    @Test func `a time that the clocks jump over is refused with both its neighbours`() throws {
        let day = try Day()
        let refusal = try #require(try outcome(day, "2026-03-08T02:30").refusal)
        #expect(refusal.rule == "INV-SCHED-23")
        #expect(refusal.facts.nearest == ["2026-03-08T01:59", "2026-03-08T03:00"])
        #expect(refusal.detail.contains("01:59") && refusal.detail.contains("03:00"))
    }

    @Test func `of a time that the clocks show twice the first is taken, and the reply says so`() throws {
        let day = try Day()
        let outcome = try day.story.when(
            day.booking("2026-11-01T01:30") {
                $0.override = [.unavailableHours]
                $0.overrideReason = "A night shift"
            }, by: day.cast.owner)
        #expect(outcome.reply.overlapFirst)
        let time = try outcome.event(AppointmentBooked.self).arrangement.time
        #expect(time.dst == .overlapFirst)
        #expect(time.offsetSeconds == -4 * 3_600)
    }

    @Test func `a session that lasts over a change of the clocks lasts its minutes`() throws {
        let day = try Day()
        let outcome = try day.story.when(
            day.booking("2026-03-08T01:30") {
                $0.override = [.unavailableHours]
                $0.overrideReason = "A night shift"
            }, by: day.cast.owner)
        #expect(outcome.reply.end == "2026-03-08T03:20")
    }

    @Test func `no time that is offered falls where the clocks jump`() throws {
        let day = try Day()
        let refusal = try #require(try outcome(day, "2026-03-08T03:00").refusal)
        #expect(refusal.facts.nearest.allSatisfy { !$0.hasPrefix("2026-03-08T02") })
    }

    @Test(arguments: [
        ("2026-01-02T14:00", Refused?.none), ("2025-12-06T14:00", Refused("INV-SCHED-10")),
        ("2025-12-05T14:00", Refused("INV-SCHED-09", "start")), ("2026-01-06T14:00", Refused("INV-SCHED-09", "start")),
    ])
    func `what took place is entered afterwards, within a month`(start: String, refused: Refused?) throws {
        let day = try Day()
        let command = day.booking(start) { $0.retrospectiveReason = "The power was out" }
        let outcome = try day.story.when(command, by: day.cast.ana)
        #expect(outcome.refused == refused)
        if refused == nil {
            let event = try outcome.event(AppointmentBooked.self)
            #expect(event.retrospective)
            #expect(event.retrospectiveReason.text == "The power was out")
        }
    }

    @Test func `the front desk enters nothing afterwards, and nobody without a reason`() throws {
        let day = try Day()
        let command = day.booking("2026-01-02T14:00") { $0.retrospectiveReason = "The power was out" }
        #expect(try day.story.when(command, by: day.cast.desk).refused == Refused("INV-SCHED-09"))
        #expect(try day.story.when(command, by: day.cast.manager).refusal == nil)
        let silent = day.booking("2026-01-02T16:00")
        #expect(try day.story.when(silent, by: day.cast.ana).refused == Refused("INV-SCHED-09", "start"))
        let blank = day.booking("2026-01-02T16:00") { $0.retrospectiveReason = "  " }
        #expect(try day.story.when(blank, by: day.cast.ana).refused == .malformed("retrospectiveReason"))
    }

    @Test func `a service that a therapist does not offer is refused`() throws {
        let day = try Day()
        try day.story.given(
            StaffServicesSet.with {
                $0.staff = day.cast.ana
                $0.services = [day.cast.conference]
            }, about: [Subject(.staff, day.cast.ana)])
        #expect(try outcome(day) { _ in }.refused == Refused("not-offered", "service"))
    }
}
