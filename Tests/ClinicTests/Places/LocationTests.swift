import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct LocationTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func room(_ change: (inout AddRoom) -> Void) throws -> StoryOutcome {
        var command = AddRoom.with {
            $0.location = cast.south
            $0.name = "Garden"
        }
        change(&command)
        return try story.when(command, by: cast.manager)
    }

    @Test func `a location has the practice's zone and needs rooms unless told otherwise`() throws {
        let event = try story.when(AddLocation.with { $0.name = "West" }, by: cast.manager).event(LocationAdded.self)
        #expect(event.zone == "America/New_York")
        #expect(event.requiresRoom)
    }

    @Test func `a location has a name, a zone there is, and an address of at most 500 characters`() throws {
        #expect(try story.when(AddLocation(), by: cast.owner).refused == .malformed("name"))
        let wrong = AddLocation.with {
            $0.name = "West"
            $0.zone = "America/Gotham"
        }
        #expect(try story.when(wrong, by: cast.owner).refused == Refused("INV-LOC-01", "zone"))
        let long = AddLocation.with {
            $0.name = "West"
            $0.address = String(repeating: "a", count: 501)
        }
        #expect(try story.when(long, by: cast.owner).refused == .malformed("address"))
        #expect(try story.when(AddLocation.with { $0.name = "West" }, by: cast.desk).refused == .notPermitted)
    }

    @Test func `a room holds two people in one appointment unless told otherwise`() throws {
        let event = try room { _ in }.event(RoomAdded.self)
        #expect(event.capacity == 2)
        #expect(event.concurrent == 1)
        #expect(event.location == cast.south)
    }

    @Test func `a room is at one location and holds somebody`() throws {
        #expect(try room { $0.clearLocation() }.refused == .malformed("location"))
        #expect(try room { $0.location = cast.therapy }.refused == .notFound("location"))
        #expect(try room { $0.capacity = 0 }.refused == Refused("INV-LOC-03", "capacity"))
        #expect(try room { $0.concurrent = 0 }.refused == Refused("INV-LOC-03", "concurrent"))
        #expect(try room { $0.concurrent = .max }.refused == Refused("INV-LOC-03", "concurrent"))
    }

    @Test func `what a room has and needs is bounded`() throws {
        #expect(try room { $0.name = "" }.refused == .malformed("name"))
        #expect(try room { $0.setupMinutes = 721 }.refused == .malformed("setupMinutes"))
        #expect(try room { $0.turnaroundMinutes = 721 }.refused == .malformed("turnaroundMinutes"))
        #expect(try room { $0.features = ["sink", "sink"] }.refused == .malformed("features[1]"))
        #expect(try room { $0.features = [""] }.refused == .malformed("features[0]"))
        #expect(try room { $0.features = (0...50).map(String.init) }.refused == .malformed("features"))
        let allowed = try room {
            $0.features = ["wheelchair"]
            $0.setupMinutes = 720
            $0.sortKey = -1
        }
        #expect(try allowed.event(RoomAdded.self).sortKey == -1)
    }
}
