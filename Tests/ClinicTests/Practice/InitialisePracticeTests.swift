import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct InitialisePracticeTests {
    private let story: Story

    init() throws { story = try Story(empty: false) }

    private func begin(_ change: (inout InitialisePractice) -> Void) throws -> StoryOutcome {
        var command = InitialisePractice.with {
            $0.name = "Riverbank"
            $0.zone = "America/New_York"
            $0.ownerName = "Olga Owner"
            $0.ownerEmail = "olga@riverbank.example"
        }
        change(&command)
        var door = Door()
        door.kind = .socket
        door.uid = 0
        return try story.when(command, by: Caller(kind: .staff, staff: 1, roles: [.owner], door: door))
    }

    @Test func `the first commit makes the practice, its owner and the owner's link`() throws {
        let outcome = try begin { _ in }
        #expect(outcome.types == [.practiceInitialised, .staffAdded, .roleAssigned, .socketUserLinked])
        #expect(try outcome.event(PracticeInitialised.self).onlineZone == "America/New_York")
        #expect(try outcome.event(PracticeInitialised.self).policy.majorityYears == 18)
        #expect(try outcome.event(SocketUserLinked.self).awaitsHolder == false)
    }

    @Test func `a practice needs a name, a zone, a currency and an owner who can sign in`() throws {
        #expect(try begin { $0.clearName() }.refused == .malformed("name"))
        #expect(try begin { $0.zone = "Mars/Olympus" }.refused == Refused("INV-LOC-01", "zone"))
        #expect(try begin { $0.onlineZone = "EST5EDT4" }.refused == Refused("INV-LOC-01", "onlineZone"))
        #expect(try begin { $0.currency = "usd" }.refused == .malformed("currency"))
        #expect(try begin { $0.jurisdiction = "New York" }.refused == .malformed("jurisdiction"))
        #expect(try begin { $0.ownerName = "two\nlines" }.refused == .malformed("ownerName"))
        #expect(try begin { $0.ownerEmail = "olga" }.refused == .malformed("ownerEmail"))
    }
}
