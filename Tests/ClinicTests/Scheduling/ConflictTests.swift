import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Timetable

@Suite struct ConflictTests {
    private func refusal(_ day: Day, _ command: any Command, by staff: UInt64? = nil) throws -> Refusal {
        try #require(try day.story.when(command, by: staff ?? day.cast.desk).refusal)
    }

    @Test func `touching appointments never conflict`() throws {
        let day = try Day()
        _ = try day.book("2026-01-06T14:00")
        for start in ["2026-01-06T13:10", "2026-01-06T14:50"] {
            #expect(try day.story.when(day.booking(start, day.carls), by: day.cast.desk).refusal == nil)
        }
    }

    @Test func `a therapist who is taken is told of with the times, and with free ones near`() throws {
        let day = try Day()
        let other = try day.book("2026-01-06T14:00")
        let refusal = try refusal(day, day.booking("2026-01-06T14:30", day.carls))
        #expect(refusal.rule == "INV-SCHED-03")
        #expect(refusal.detail == "The therapist is with another client from 14:00 to 14:50.")
        #expect(refusal.facts.conflicts == [other])
        #expect(refusal.facts.classes == ["therapist_overlap"])
        #expect(
            refusal.facts.nearest == [
                "2026-01-06T15:00", "2026-01-06T15:15", "2026-01-06T15:30", "2026-01-06T15:45", "2026-01-06T16:00",
            ])
    }

    @Test func `each time that is offered instead can be booked`() throws {
        let day = try Day()
        for start in ["2026-01-06T10:00", "2026-01-06T12:00", "2026-01-06T14:00"] { _ = try day.book(start) }
        let nearest = try refusal(day, day.booking("2026-01-06T12:10", day.carls)).facts.nearest
        #expect(nearest == nearest.sorted() && nearest.count == 5)
        for start in nearest {
            let id = try day.book(start, day.carls)
            try day.story.given(day.cancellation(id), by: day.cast.desk)
        }
    }

    @Test func `the refusal does not tell whose appointment is in the way`() throws {
        let day = try Day()
        _ = try day.book("2026-01-06T14:00")
        let refusal = try refusal(day, day.booking("2026-01-06T14:00"))
        #expect(refusal.detail == "The therapist is with another client from 14:00 to 14:50.")
        #expect(refusal.facts.classes == ["client_overlap", "therapist_overlap"])
    }

    @Test func `who may not know a client learns nothing of where and when they are`() throws {
        let day = try Day()
        let other = try day.book("2026-01-06T14:00")
        let booking = day.booking("2026-01-06T14:00") { $0.staff = day.cast.ben }
        let known = try refusal(day, booking)
        #expect(known.facts.conflicts == [other])
        #expect(known.detail == "The client has another appointment from 14:00 to 14:50.")
        let unknown = try refusal(day, booking, by: day.cast.ben)
        #expect(unknown.detail == "The client is not free at this time." && unknown.facts.conflicts.isEmpty)
    }

    @Test func `times are told by the clock of the place`() throws {
        let day = try Day()
        _ = try day.book("2026-01-06T14:00")
        let refusal = try refusal(
            day,
            day.booking("2026-01-06T13:30") {
                $0.client = day.cast.carl
                $0.location = day.cast.south
            })
        #expect(refusal.detail == "The therapist is with another client from 13:00 to 13:50.")
    }

    @Test func `a client is in one place at a time`() throws {
        let day = try Day()
        let other = try day.book("2026-01-06T14:00")
        let refusal = try refusal(day, day.booking("2026-01-06T14:10") { $0.staff = day.cast.ben })
        #expect(refusal.rule == "INV-SCHED-05")
        #expect(refusal.detail == "The client has another appointment from 14:00 to 14:50.")
        #expect(refusal.facts.conflicts == [other])
    }

    @Test func `of two buffers the longer counts, on either side`() throws {
        let day = try Day()
        let after = try day.service("A", before: 0, after: 10)
        let before = try day.service("B", before: 15, after: 0)
        _ = try day.book("2026-01-06T10:00") { $0.service = after }
        func ask(_ start: String) throws -> StoryOutcome {
            try day.story.when(
                day.booking(start) {
                    day.carls(&$0)
                    $0.service = before
                }, by: day.cast.desk)
        }
        let tooSoon = try ask("2026-01-06T11:00")
        #expect(tooSoon.refusal?.facts.classes == ["therapist_gap"])
        #expect(
            tooSoon.refusal?.detail == "The therapist needs 15 minutes after the session that ends at 10:50.")
        #expect(try ask("2026-01-06T11:05").refusal == nil)
        let ahead = try refusal(
            day,
            day.booking("2026-01-06T09:55") {
                $0.staff = day.cast.ana
                $0.client = day.cast.carl
                $0.minutes = 5
                $0.service = after
            })
        #expect(ahead.detail == "The therapist needs 10 minutes before the session that starts at 10:00.")
    }

    @Test func `the way between two places is part of the gap`() throws {
        let day = try Day(travelMinutes: 20)
        let after = try day.service("A", before: 0, after: 10)
        _ = try day.book("2026-01-06T10:00") { $0.service = after }
        func ask(_ start: String) throws -> StoryOutcome {
            // North's 11:15 is south's 10:15.
            try day.story.when(
                day.booking(start) {
                    day.carls(&$0)
                    $0.location = day.cast.south
                }, by: day.cast.desk)
        }
        let tooSoon = try ask("2026-01-06T10:15")
        #expect(tooSoon.refusal?.facts.classes == ["travel"])
        #expect(
            tooSoon.refusal?.detail
                == "With the way between the places, the therapist needs 30 minutes after the session that ends at 09:50."
        )
        #expect(try ask("2026-01-06T10:20").refusal == nil)
    }

    @Test func `rooms are chosen by size, and a shared one takes as many as it holds`() throws {
        let day = try Day()
        try day.openForEveryone()
        var rooms: [UInt64?] = []
        for index in 0..<3 { rooms.append(try day.room(of: try day.bookSomebody("2026-01-06T14:00", index))) }
        #expect(rooms == [day.cast.northSmall, day.cast.northLarge, day.cast.northLarge])
        let refusal = try day.refusalOfSomebody("2026-01-06T14:00", 3)
        #expect(refusal.rule == "INV-SCHED-04")
        #expect(refusal.detail == "Every suitable room is taken at this time.")
        #expect(refusal.facts.conflicts.count == 3)
    }

    @Test func `a room that was named and is taken is told of with its times`() throws {
        let day = try Day()
        _ = try day.book("2026-01-06T14:00") { $0.room = day.cast.northSmall }
        let refusal = try refusal(
            day,
            day.booking("2026-01-06T14:20") {
                $0.client = day.cast.carl
                $0.staff = day.cast.ben
                $0.room = day.cast.northSmall
            })
        #expect(refusal.detail == "The room is taken from 14:00 to 14:50.")
    }

    @Test func `a room needs its own time between two appointments`() throws {
        let day = try Day()
        let clay = try day.story.given(
            RoomAdded.with {
                $0.location = day.cast.north
                $0.name = "Clay"
                $0.capacity = 9
                $0.concurrent = 1
                $0.turnaroundMinutes = 20
            }, about: [Subject(.room, day.story.next)])
        _ = try day.book("2026-01-06T14:00") { $0.room = clay }
        func ask(_ start: String) throws -> StoryOutcome {
            try day.story.when(
                day.booking(start) {
                    $0.client = day.cast.carl
                    $0.staff = day.cast.ben
                    $0.room = clay
                }, by: day.cast.desk)
        }
        #expect(
            try ask("2026-01-06T15:05").refusal?.detail
                == "The room needs 20 minutes after the session that ends at 14:50.")
        #expect(try ask("2026-01-06T15:10").refusal == nil)
    }

    @Test func `outside hours and in time off are two kinds of conflict`() throws {
        let day = try Day()
        #expect(try refusal(day, day.booking("2026-01-06T08:55")).facts.classes == ["unavailable_hours"])
        #expect(try refusal(day, day.booking("2026-01-06T16:15")).facts.classes == ["unavailable_hours"])
        try day.away(day.cast.ana, "2026-01-06")
        let away = try refusal(day, day.booking("2026-01-06T14:00"))
        #expect(away.facts.classes == ["unavailable_time_off"])
        #expect(away.detail == "The therapist has time off at this time.")
    }

    @Test func `a cap counts the sessions of the day`() throws {
        let day = try Day()
        try day.story.given(
            StaffServicesSet.with {
                $0.staff = day.cast.ana
                $0.sessionsPerDayMax = 2
                $0.homeZone = "America/New_York"
            }, about: [Subject(.staff, day.cast.ana)])
        _ = try day.book("2026-01-06T10:00")
        _ = try day.online("2026-01-06T12:00")
        #expect(try refusal(day, day.booking("2026-01-06T14:00")).facts.classes == ["cap"])
        #expect(try day.story.when(day.booking("2026-01-07T14:00"), by: day.cast.desk).refusal == nil)
    }

    @Test(arguments: [LifeCycleTests.Stage.cancelled, .noShow, .enteredInError])
    func `what does not take place takes no time`(stage: LifeCycleTests.Stage) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try LifeCycleTests.bring(id, to: stage, day)
        try day.story.goTo("2026-01-06T13:00")
        #expect(try day.story.when(day.booking("2026-01-06T14:00"), by: day.cast.desk).refusal == nil)
    }
}
