import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AddExtraOpeningTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func open(
        _ start: String, _ end: String, at location: UInt64?, by staff: UInt64? = nil
    ) throws -> StoryOutcome {
        try story.when(
            AddExtraOpening.with {
                $0.staff = cast.ana
                if let location { $0.location = location }
                $0.start = start
                $0.end = end
            }, by: staff ?? cast.ana)
    }

    @Test func `an opening is meant at the wall clock of its place`() throws {
        let event = try open("2026-02-07T09:00", "2026-02-07T12:00", at: cast.south).event(ExtraOpeningAdded.self)
        #expect(event.time.zone == "America/Chicago")
        #expect(event.time.startAt == (try story.instantMs("2026-02-07T09:00", zone: "America/Chicago")))
        #expect(
            try open("2026-02-08T09:00", "2026-02-08T12:00", at: nil).event(ExtraOpeningAdded.self).hasLocation == false
        )
    }

    @Test func `nobody is open at two places at once`() throws {
        let clash = Refused("INV-AVAIL-02", "start")
        _ = try open("2026-02-07T09:00", "2026-02-07T12:00", at: cast.north)
        // 11:00 in Chicago is 12:00 in New York.
        #expect(try open("2026-02-07T10:59", "2026-02-07T11:30", at: cast.south).refused == clash)
        #expect(try open("2026-02-07T11:00", "2026-02-07T11:30", at: cast.south).refusal == nil)
        #expect(try open("2026-02-07T11:59", "2026-02-07T13:00", at: nil).refused == clash)
        #expect(try open("2026-02-07T08:00", "2026-02-07T09:01", at: nil).refused == clash)
        #expect(try open("2026-02-07T08:00", "2026-02-07T09:00", at: nil).refusal == nil)
        // At the same place it only adds.
        #expect(try open("2026-02-07T11:00", "2026-02-07T11:45", at: cast.north).refusal == nil)
    }

    @Test func `weekly hours elsewhere are in the way too`() throws {
        try story.openWeekdays(cast.ana, at: cast.north)
        #expect(
            try open("2026-02-06T16:00", "2026-02-06T18:00", at: nil).refused == Refused("INV-AVAIL-02", "start"))
        #expect(try open("2026-02-06T17:00", "2026-02-06T18:00", at: nil).refusal == nil)
        #expect(try open("2026-02-05T16:00", "2026-02-05T18:00", at: cast.north).refusal == nil)
    }

    @Test func `a wall clock reading must exist, and an end come after its start within a day`() throws {
        #expect(
            try open("2026-03-08T02:30", "2026-03-08T05:00", at: cast.north).refused == Refused("INV-SCHED-23", "start")
        )
        #expect(
            try open("2026-03-08T01:00", "2026-03-08T02:30", at: cast.north).refused == Refused("INV-SCHED-23", "end"))
        #expect(try open("2026-02-07T12:00", "2026-02-07T12:00", at: cast.north).refused == .malformed("end"))
        #expect(try open("2026-02-07T12:00", "2026-02-08T12:01", at: cast.north).refused == .malformed("end"))
        #expect(try open("noon", "2026-02-08T12:01", at: cast.north).refused == .malformed("start"))
        #expect(try open("2026-02-07T12:00", "", at: cast.north).refused == .malformed("end"))
        #expect(try open("9999-12-31T23:00", "9999-12-31T23:30", at: cast.north).refusal == nil)
    }

    @Test func `person and place must exist`() throws {
        #expect(try open("2026-02-07T12:00", "2026-02-07T13:00", at: cast.cleo).refused == .notFound("location"))
        #expect(try story.when(AddExtraOpening(), by: cast.manager).refused == .malformed("staff"))
        let stranger = AddExtraOpening.with { $0.staff = cast.cleo }
        #expect(try story.when(stranger, by: cast.manager).refused == .notFound("staff"))
    }

    @Test func `an opening is one's own to add, or a manager's`() throws {
        #expect(try open("2026-02-07T12:00", "2026-02-07T13:00", at: nil, by: cast.ben).refused == .notPermitted)
        #expect(try open("2026-02-07T12:00", "2026-02-07T13:00", at: nil, by: cast.owner).refusal == nil)
    }
}
