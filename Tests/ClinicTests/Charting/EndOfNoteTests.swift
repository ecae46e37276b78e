import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct EndOfNoteTests {
    @Test func `INV-NOTE-04: whoever cares for the client adds to a signed note, in a text of their own`() throws {
        let desk = try NoteDesk()
        let note = try desk.signed()
        for staff in [desk.cast.ana, desk.cast.ben, desk.cast.supervisor] {
            let outcome = try desk.addendum(note, by: staff)
            let event = try outcome.event(NoteAddendumSigned.self)
            #expect(event.note == note && event.text.text == "He called back." && event.reason.text == "Heard later")
            #expect(event.text.isSealed(for: desk.cast.cleo, .clinical))
            #expect(outcome.recorded[0].header.actor.id == staff)
            #expect(outcome.reply.id == outcome.recorded[0].position)
        }
        #expect(try desk.addendum(note, by: desk.cast.desk).refused == .notPermitted)
        let blank = AddAddendum.with { $0.note = note }
        #expect(try desk.story.when(blank, by: desk.cast.ana).refused == .malformed("text"))
    }

    @Test func `a draft is changed, not added to, and thrown away, not marked`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        #expect(try desk.addendum(note).refused == Refused("INV-NOTE-04", "note"))
        #expect(try desk.mistake(note).refused == Refused("INV-NOTE-04", "note"))
    }

    @Test func `INV-NOTE-13: a draft is thrown away by its author, with a reason, and what it said stays on record`()
        throws
    {
        let desk = try NoteDesk()
        let note = try desk.note()
        try #require(try desk.save(note, base: 0).refusal == nil)
        let blank = DiscardNoteDraft.with { $0.note = note }
        #expect(try desk.story.when(blank, by: desk.cast.ana).refused == .malformed("reason"))
        #expect(try desk.discard(note, by: desk.cast.ben).refused == Refused("INV-NOTE-01", "note"))
        let event = try desk.discard(note).event(NoteDraftDiscarded.self)
        #expect(event.reason.isSealed(for: desk.cast.cleo, .clinical))
        for outcome in [try desk.save(note, base: 1), try desk.sign(note), try desk.discard(note)] {
            #expect(outcome.refused == Refused("INV-NOTE-13", "note"))
        }
    }

    @Test func `INV-NOTE-11: its author or a supervisor marks a signed note as a mistake`() throws {
        let desk = try NoteDesk()
        let note = try desk.signed()
        #expect(try desk.mistake(note, by: desk.cast.ben).refused == Refused("INV-NOTE-11"))
        #expect(try desk.mistake(note, by: desk.cast.owner).refused == .notPermitted)
        #expect(try desk.mistake(note, by: desk.cast.supervisor).refusal == nil)
        for outcome in [try desk.mistake(note), try desk.addendum(note), try desk.save(note, base: 1)] {
            #expect(outcome.refused == Refused("INV-NOTE-11", "note"))
        }
    }

    @Test func `what takes a mistake's place is another signed note of the same client`() throws {
        let desk = try NoteDesk()
        let note = try desk.signed()
        let draft = try desk.contact()
        let other = try desk.awaiting()
        func mark(_ replacement: UInt64) throws -> StoryOutcome {
            let command = MarkNoteInError.with {
                $0.note = note
                $0.reason = "Of a contact"
                $0.replacement = replacement
            }
            return try desk.story.when(command, by: desk.cast.ana)
        }
        #expect(try mark(note).refused == .malformed("replacement"))
        #expect(try mark(draft).refused == .malformed("replacement"))
        #expect(try mark(9_999).refused == .notFound("replacement"))
        #expect(try mark(other).event(NoteMarkedEnteredInError.self).replacement == other)
    }

    @Test func `INV-SCHED-26: a session with a signed note was held`() throws {
        let desk = try NoteDesk()
        let note = try desk.signed()
        let command = MarkEnteredInError.with {
            $0.appointment = desk.session
            $0.reason = "Twice"
        }
        let refusal = try #require(try desk.story.when(command, by: desk.cast.ana).refusal)
        #expect(Refused(refusal) == Refused("INV-SCHED-26", "appointment") && refusal.facts.involved == [note])
        try #require(try desk.mistake(note).refusal == nil)
        #expect(try desk.story.when(command, by: desk.cast.ana).refusal == nil)
    }

    @Test func `a draft keeps no session from being a mistake`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        try #require(try desk.save(note, base: 0).refusal == nil)
        let command = MarkEnteredInError.with {
            $0.appointment = desk.session
            $0.reason = "Twice"
        }
        #expect(try desk.story.when(command, by: desk.cast.ana).refusal == nil)
        #expect(try desk.sign(note).refused == Refused("INV-NOTE-16"))
    }
}
