import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct SignNoteTests {
    @Test func `a signature cites the save that was read, and its commitment`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        try #require(try desk.save(note, base: 0, [("plan", "Go on.")]).refusal == nil)
        let saved = try desk.save(note, base: 1)
        let outcome = try desk.sign(note, 2)
        let event = try outcome.event(NoteSigned.self)
        #expect(event.note == note && event.client == desk.cast.cleo && event.revision == 2)
        #expect(event.saved == saved.recorded[0].position)
        #expect(event.commitment == (try saved.event(NoteDraftSaved.self).content.commitment))
        #expect(!event.lateEntry && !event.awaitsCosign)
        #expect(outcome.reply.revision == 2 && outcome.reply.hasLateEntry && outcome.reply.hasAwaitsCosign)
    }

    @Test func `INV-NOTE-02: every section says something`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        #expect(try desk.sign(note, 0).refused == Refused("INV-NOTE-02"))
        for (index, missing) in NoteDesk.soap.enumerated() {
            let texts = NoteDesk.soap.filter { $0.0 != missing.0 }
            try #require(try desk.save(note, base: UInt32(index), texts).refusal == nil)
            let refusal = try #require(try desk.sign(note, UInt32(index + 1)).refusal)
            #expect(Refused(refusal) == Refused("INV-NOTE-02") && refusal.detail.contains(missing.0))
        }
    }

    @Test func `nobody signs for somebody else`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        try #require(try desk.save(note, base: 0).refusal == nil)
        for staff in [desk.cast.ben, desk.cast.supervisor, desk.cast.trainee] {
            #expect(try desk.sign(note, by: staff).refused == Refused("INV-NOTE-01", "note"))
        }
        for staff in [desk.cast.owner, desk.cast.manager, desk.cast.desk] {
            #expect(try desk.sign(note, by: staff).refused == .notPermitted)
        }
        #expect(try desk.story.when(SignNote.with { $0.note = note }, by: .system("x")).refused == .notPermitted)
    }

    @Test func `an upcoming session's note is not signed, and one that goes on is`() throws {
        let desk = try NoteDesk(isHeld: false)
        let note = try desk.note()
        try #require(try desk.save(note, base: 0).refusal == nil)
        let refusal = try #require(try desk.sign(note).refusal)
        #expect(Refused(refusal) == Refused("INV-NOTE-16") && refusal.title == "The session has not been held")
        try desk.story.goTo("2026-01-06T14:00")
        try desk.story.given(StartSession.with { $0.appointment = desk.session }, by: desk.cast.ana)
        #expect(try desk.sign(note).refusal == nil)
    }

    @Test func `a draft of a session that was cancelled is thrown away, not signed`() throws {
        let desk = try NoteDesk(isHeld: false)
        let note = try desk.note()
        try #require(try desk.save(note, base: 0).refusal == nil)
        try desk.story.given(desk.day.cancellation(desk.session), by: desk.cast.desk)
        #expect(try desk.sign(note).refused == Refused("INV-NOTE-16"))
        #expect(try desk.discard(note).refusal == nil)
    }

    @Test func `INV-NOTE-16: a session that was moved to another day has a note of that day`() throws {
        let desk = try NoteDesk(isHeld: false)
        let note = try desk.note()
        try #require(try desk.save(note, base: 0).refusal == nil)
        try desk.story.given(desk.day.move(desk.session) { $0.start = "2026-01-07T14:00" }, by: desk.cast.desk)
        try desk.story.goTo("2026-01-07T15:00")
        try desk.story.given(RecordSession.with { $0.appointment = desk.session }, by: desk.cast.ana)
        #expect(try desk.sign(note).refused == Refused("INV-NOTE-16"))
    }

    @Test(arguments: [("2026-01-09T14:50", false), ("2026-01-09T14:51", true)])
    func `INV-NOTE-10: three days after the end it is a late entry`(time: String, isLate: Bool) throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        try #require(try desk.save(note, base: 0).refusal == nil)
        try desk.story.goTo(time)
        let outcome = try desk.sign(note)
        #expect(try outcome.event(NoteSigned.self).lateEntry == isLate)
        #expect(outcome.reply.lateEntry == isLate)
    }

    @Test(arguments: [("2026-01-10T00:00", false), ("2026-01-10T00:01", true)])
    func `a contact's three days count from the end of its day`(time: String, isLate: Bool) throws {
        let desk = try NoteDesk()
        let note = try desk.contact()
        let texts = [("with", "Cleo"), ("channel", "phone"), ("summary", "Called."), ("action", "None.")]
        try #require(try desk.save(note, base: 0, texts).refusal == nil)
        try desk.story.goTo(time)
        #expect(try desk.sign(note).event(NoteSigned.self).lateEntry == isLate)
    }

    @Test func `what is signed is the last that was saved`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        for base in 0..<2 as Range<UInt32> { try #require(try desk.save(note, base: base).refusal == nil) }
        let refusal = try #require(try desk.sign(note, 1).refusal)
        #expect(Refused(refusal) == Refused("changed", "revision") && refusal.facts.revision == 2)
        #expect(
            try desk.story.when(SignNote.with { $0.note = note }, by: desk.cast.ana).refused == .malformed("revision"))
        #expect(try desk.sign(note, 3).refused == Refused("changed", "revision"))
    }

    @Test func `INV-NOTE-03 and 04: signed is final for everybody`() throws {
        let desk = try NoteDesk()
        let note = try desk.signed()
        #expect(try desk.save(note, base: 1).refused == Refused("INV-NOTE-04", "note"))
        #expect(try desk.sign(note).refused == Refused("INV-NOTE-04", "note"))
        #expect(try desk.discard(note).refused == Refused("INV-NOTE-04", "note"))
        for staff in [desk.cast.ben, desk.cast.supervisor] {
            #expect(try desk.save(note, base: 1, by: staff).refused == Refused("INV-NOTE-01", "note"))
        }
        #expect(try desk.save(note, base: 1, by: desk.cast.owner).refused == .notPermitted)
        let back = ReturnNote.with {
            $0.note = note
            $0.reason = "No"
        }
        #expect(try desk.story.when(back, by: desk.cast.supervisor).refused == Refused("INV-NOTE-05", "note"))
    }
}
