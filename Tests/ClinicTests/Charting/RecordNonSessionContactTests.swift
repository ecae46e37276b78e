import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct RecordNonSessionContactTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func record(
        _ change: (inout RecordNonSessionContact) -> Void = { _ in }, by staff: UInt64? = nil
    ) throws -> StoryOutcome {
        var command = RecordNonSessionContact.with {
            $0.client = cast.cleo
            $0.channel = .phone
            $0.direction = .inbound
            $0.summary = "Asked for an earlier appointment."
        }
        change(&command)
        return try story.when(command, by: staff ?? cast.ana)
    }

    @Test func `every text is sealed as clinical, and the time is when it took place`() throws {
        let outcome = try record {
            $0.with = "Her sister"
            $0.action = "Call back."
            $0.at = "2026-01-05T08:15"
            $0.minutes = 12
        }
        let event = try outcome.event(ContactRecorded.self)
        let texts = [event.with, event.summary, event.action]
        #expect(texts.map(\.text) == ["Her sister", "Asked for an earlier appointment.", "Call back."])
        #expect(texts.allSatisfy { $0.isSealed(for: cast.cleo, .clinical) })
        #expect(event.staff == cast.ana)
        #expect(event.contactedAt == (try story.instantMs("2026-01-05T08:15")))
        #expect(outcome.recorded[0].header.effectiveAt == event.contactedAt)
    }

    @Test func `it took place now unless told otherwise, and never later`() throws {
        #expect(try record().event(ContactRecorded.self).contactedAt == story.nowMs)
        #expect(try record { $0.at = "2026-01-05T10:05" }.refusal == nil)
        #expect(try record { $0.at = "2026-01-05T10:06" }.refused == Refused("INV-SYS-13", "at"))
        #expect(try record { $0.at = "2025-03-09T02:30" }.refused == Refused("INV-SCHED-23", "at"))
        #expect(try record { $0.at = "today" }.refused == .malformed("at"))
    }

    @Test func `a contact has a way, a direction and a summary`() throws {
        #expect(try record { $0.clearChannel() }.refused == .malformed("channel"))
        #expect(try record { $0.clearDirection() }.refused == .malformed("direction"))
        #expect(try record { $0.summary = " \n" }.refused == .malformed("summary"))
        #expect(try record { $0.clearClient() }.refused == .notPermitted)
        #expect(try record({ $0.clearClient() }, by: cast.desk).refused == .malformed("client"))
        #expect(try record({ $0.client = cast.ana }, by: cast.desk).refused == .notFound("client"))
    }

    @Test func `texts and minutes are bounded`() throws {
        func long(_ count: Int) -> String { String(repeating: "s", count: count) }
        #expect(try record { $0.summary = long(12_000) }.refusal == nil)
        #expect(try record { $0.summary = long(12_001) }.refused == .malformed("summary"))
        #expect(try record { $0.action = long(4_001) }.refused == .malformed("action"))
        #expect(try record { $0.with = long(201) }.refused == .malformed("with"))
        #expect(try record { $0.minutes = 481 }.refused == .malformed("minutes"))
    }

    @Test func `whoever cares for the client records it, and the desk`() throws {
        #expect(try record(by: cast.ben).refused == .notPermitted)
        #expect(try record(by: cast.owner).refused == .notPermitted)
        #expect(try record(by: cast.desk).refusal == nil)
        let command = RecordNonSessionContact.with { $0.client = cast.cleo }
        #expect(try story.when(command, by: .system("x")).refused == .notPermitted)
    }
}
