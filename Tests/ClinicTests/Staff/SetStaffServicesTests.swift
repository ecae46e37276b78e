import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct SetStaffServicesTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func set(_ change: (inout SetStaffServices) -> Void, by caller: UInt64? = nil) throws -> StoryOutcome {
        var command = SetStaffServices.with { $0.staff = cast.ana }
        change(&command)
        return try story.when(command, by: caller ?? cast.manager)
    }

    @Test func `what is left out is the practice's own`() throws {
        let event = try set {
            $0.services = [cast.therapy]
            $0.locations = [cast.north]
        }.event(StaffServicesSet.self)
        #expect(event.homeZone == "America/New_York")
        #expect(event.acceptsNew)
        #expect(event.services == [cast.therapy])
    }

    @Test func `services, locations and zones must exist, each once`() throws {
        #expect(try set { $0.services = [cast.therapy, cast.north] }.refused == .notFound("services[1]"))
        #expect(try set { $0.services = [cast.therapy, cast.therapy] }.refused == .malformed("services[1]"))
        #expect(try set { $0.locations = [cast.therapy] }.refused == .notFound("locations[0]"))
        #expect(try set { $0.locations = [cast.north, cast.north] }.refused == .malformed("locations[1]"))
        #expect(try set { $0.services = Array(1...1_001) }.refused == .malformed("services"))
        #expect(try set { $0.locations = Array(1...1_001) }.refused == .malformed("locations"))
        #expect(try set { $0.worksOnlineFrom = cast.therapy }.refused == .notFound("worksOnlineFrom"))
        #expect(try set { $0.homeZone = "Nowhere" }.refused == Refused("INV-LOC-01", "homeZone"))
        #expect(try set { $0.staff = cast.cleo }.refused == .notFound("staff"))
        #expect(try set { $0.clearStaff() }.refused == .malformed("staff"))
    }

    @Test func `limits are bounded, and a break needs the run after which it is due`() throws {
        #expect(try set { $0.sessionsPerDayMax = 101 }.refused == .malformed("sessionsPerDayMax"))
        #expect(try set { $0.sessionsPerWeekMax = 701 }.refused == .malformed("sessionsPerWeekMax"))
        #expect(try set { $0.consecutiveMinutesMax = 1_441 }.refused == .malformed("consecutiveMinutesMax"))
        #expect(try set { $0.breakMinutesMin = 481 }.refused == .malformed("breakMinutesMin"))
        #expect(try set { $0.breakMinutesMin = 15 }.refused == .malformed("consecutiveMinutesMax"))
    }

    @Test func `the same again is refused`() throws {
        _ = try set { $0.services = [cast.therapy] }
        #expect(try set { $0.services = [cast.therapy] }.refused == .unchanged)
    }

    @Test func `therapists do not set what they offer`() throws {
        #expect(try set({ $0.services = [cast.therapy] }, by: cast.ana).refused == .notPermitted)
    }
}
