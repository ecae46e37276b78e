import SwiftProtobuf
import Clinic
import Schema
import TestKit
import Testing
import Timetable

@Suite struct SessionTests {
    @Test(arguments: [("11:59", false), ("12:00", true), ("14:49", true), ("14:50", false)])
    func `a client checks in from two hours before until the end`(time: String, isGranted: Bool) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T" + time)
        let outcome = try day.story.when(CheckInClient.with { $0.appointment = id }, by: day.cast.desk)
        #expect(outcome.refused == (isGranted ? nil : Refused("INV-SCHED-14")))
        if isGranted {
            #expect(try outcome.event(ClientCheckedIn.self).arrivedAt == day.story.nowMs)
            #expect(outcome.recorded.first?.header.effectiveAt == day.story.nowMs)
        }
    }

    @Test func `an import checks in when it likes`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-02-01T10:00")
        let outcome = try day.story.when(CheckInClient.with { $0.appointment = id }, by: day.anImport)
        #expect(try outcome.event(ClientCheckedIn.self).arrivedAt == (try day.story.instantMs("2026-01-06T14:00")))
    }

    @Test(arguments: [("13:59", true), ("14:00", false)])
    func `an appointment is confirmed before its start`(time: String, isGranted: Bool) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T" + time)
        let command = ConfirmAppointment.with {
            $0.appointment = id
            $0.channel = .sms
        }
        let outcome = try day.story.when(command, by: day.cast.desk)
        #expect(outcome.refused == (isGranted ? nil : Refused("INV-SCHED-08")))
        if isGranted { #expect(try outcome.event(AppointmentConfirmed.self).by == .client) }
    }

    @Test(arguments: [("13:29", false), ("13:30", true)])
    func `a session starts at most half an hour early`(time: String, isGranted: Bool) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T" + time)
        let outcome = try day.story.when(StartSession.with { $0.appointment = id }, by: day.cast.ana)
        #expect(outcome.refused == (isGranted ? nil : Refused("INV-SCHED-08")))
    }

    @Test func `only whoever gives the session starts and ends it`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T14:00")
        for staff in [day.cast.desk, day.cast.ben, day.cast.manager, day.cast.owner] {
            let start = StartSession.with { $0.appointment = id }
            #expect(try day.story.when(start, by: staff).refused == .notPermitted)
        }
        try day.story.given(StartSession.with { $0.appointment = id }, by: day.cast.ana)
        try day.story.goTo("2026-01-06T14:45")
        let end = EndSession.with { $0.appointment = id }
        #expect(try day.story.when(end, by: day.cast.desk).refused == .notPermitted)
        let outcome = try day.story.when(end, by: day.cast.ana)
        #expect(try outcome.event(SessionEnded.self).endedAt == day.story.nowMs)
    }

    @Test(arguments: [(0, false), (1, true), (8 * 3_600_000, true), (8 * 3_600_000 + 1, false)])
    func `a session ends after it began and within eight hours`(lengthMs: Int64, isGranted: Bool) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T14:00")
        try day.story.given(StartSession.with { $0.appointment = id }, by: day.cast.ana)
        day.story.nowMs += lengthMs
        let outcome = try day.story.when(EndSession.with { $0.appointment = id }, by: day.cast.ana)
        #expect(outcome.refused == (isGranted ? nil : Refused("INV-SESS-02")))
    }

    @Test func `an online session records where the client is, sealed as a contact`() throws {
        let day = try Day()
        let id = try day.online("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T14:00")
        var start = StartSession.with { $0.appointment = id }
        #expect(try day.story.when(start, by: day.cast.ana).refused == Refused("INV-SCHED-22", "clientPlace"))
        start.clientPlace = "12 Elm Street, Albany"
        for wrong in ["New York", "us-ny", "US-", "US-NEWY", "U-NY", "US-NY-1"] {
            start.clientJurisdiction = wrong
            #expect(try day.story.when(start, by: day.cast.ana).refused == .malformed("clientJurisdiction"))
        }
        start.clearClientJurisdiction()
        let event = try day.story.when(start, by: day.cast.ana).event(SessionStarted.self)
        #expect(event.clientPlace.text == "12 Elm Street, Albany")
        #expect(event.clientPlace.isSealed(for: day.cast.cleo, .contact))
        #expect(event.clientJurisdiction == "US-NY")
    }

    @Test func `a session in person has no place of its own`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T14:00")
        let start = StartSession.with {
            $0.appointment = id
            $0.clientPlace = "12 Elm Street, Albany"
        }
        #expect(try day.story.when(start, by: day.cast.ana).refused == .malformed("clientPlace"))
    }

    @Test(arguments: [("14:14", false), ("14:15", true)])
    func `a no-show is marked after the grace`(time: String, isGranted: Bool) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T" + time)
        var command = MarkNoShow.with {
            $0.appointment = id
            $0.minutesWaited = .max
        }
        if isGranted {
            #expect(try day.story.when(command, by: day.cast.desk).refused == .malformed("minutesWaited"))
        }
        command.minutesWaited = 15
        let outcome = try day.story.when(command, by: day.cast.desk)
        #expect(outcome.refused == (isGranted ? nil : Refused("INV-SCHED-15")))
    }

    @Test func `a session is recorded with the times it took, by the clock of the place`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00") { $0.location = day.cast.south }
        try day.story.goTo("2026-01-06T18:00")
        let outcome = try day.story.when(
            RecordSession.with {
                $0.appointment = id
                $0.started = "2026-01-06T14:07"
                $0.ended = "2026-01-06T15:01"
            }, by: day.cast.ana)
        let event = try outcome.event(SessionRecordedRetrospectively.self)
        #expect(event.startedAt == (try day.story.instantMs("2026-01-06T14:07", zone: "America/Chicago")))
        #expect(event.endedAt - event.startedAt == 54 * 60_000)
        #expect(outcome.recorded.first?.header.effectiveAt == event.endedAt)
    }

    @Test(arguments: [
        ("2026-01-06T15:00", "2026-01-06T14:59", Refused?.some(Refused("INV-SESS-02", "ended"))),
        ("2026-01-06T14:00", "2026-01-06T14:00", Refused("INV-SESS-02", "ended")),
        ("2026-01-06T14:00", "2026-01-06T23:01", Refused("INV-SESS-02", "ended")),
        ("2026-01-06T05:00", "2026-01-06T13:01", Refused("INV-SESS-02", "ended")),
        ("0001-01-01T00:00", "9999-12-31T23:59", Refused("INV-SESS-02", "ended")),
        ("noon", "2026-01-06T14:50", .malformed("started")),
        ("2026-01-06T14:00", "2026-01-06T14:50", nil),
    ])
    func `times that cannot be are refused`(started: String, ended: String, refused: Refused?) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try day.story.goTo("2026-01-06T23:00")
        let command = RecordSession.with {
            $0.appointment = id
            $0.started = started
            $0.ended = ended
        }
        #expect(try day.story.when(command, by: day.cast.ana).refused == refused)
    }

    @Test func `nothing is recorded as held before its start, nor ended before its end`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        let command = RecordSession.with { $0.appointment = id }
        try day.story.goTo("2026-01-06T13:59")
        #expect(try day.story.when(command, by: day.cast.ana).refused == Refused("INV-SCHED-27"))
        try day.story.goTo("2026-01-06T14:20")
        #expect(try day.story.when(command, by: day.cast.ana).refused == Refused("INV-SESS-02", "ended"))
        try day.story.goTo("2026-01-06T14:50")
        #expect(try day.story.when(command, by: day.cast.ana).refusal == nil)
    }

    @Test func `an appointment is entered in error with a reason, which is the client's`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        var command = MarkEnteredInError.with { $0.appointment = id }
        #expect(try day.story.when(command, by: day.cast.manager).refused == .malformed("reason"))
        command.reason = "Meant for somebody else"
        #expect(try day.story.when(command, by: day.cast.desk).refused == .notPermitted)
        let event = try day.story.when(command, by: day.cast.ana).event(AppointmentMarkedEnteredInError.self)
        #expect(event.reason.isSealed(for: day.cast.cleo, .identity))
    }
}
