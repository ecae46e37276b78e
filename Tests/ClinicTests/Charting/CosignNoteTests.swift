import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct CosignNoteTests {
    private let desk: NoteDesk
    private let note: UInt64

    init() throws {
        desk = try NoteDesk()
        note = try desk.awaiting()
    }

    private func cosign(by staff: UInt64) throws -> StoryOutcome {
        try desk.story.when(
            CosignNote.with {
                $0.note = note
                $0.comment = "Well put."
            }, by: staff)
    }

    private func giveBack(by staff: UInt64) throws -> StoryOutcome {
        try desk.story.when(
            ReturnNote.with {
                $0.note = note
                $0.reason = "Say what follows."
            }, by: staff)
    }

    @Test func `INV-NOTE-05: a trainee's note is final when a supervisor of the client's care has signed it too`()
        throws
    {
        #expect(try desk.addendum(note).refused == Refused("INV-NOTE-05", "note"))
        for staff in [desk.cast.ana, desk.cast.trainee, desk.cast.owner] {
            #expect(try cosign(by: staff).refused == .notPermitted)
        }
        let outsider = try desk.story.staff("Sam Senior", .supervisor)
        #expect(try cosign(by: outsider).refused == .notPermitted)
        let event = try cosign(by: desk.cast.supervisor).event(NoteCosigned.self)
        #expect(event.comment.text == "Well put." && event.comment.isSealed(for: desk.cast.cleo, .clinical))
        #expect(try cosign(by: desk.cast.supervisor).refused == Refused("INV-NOTE-05", "note"))
        #expect(try desk.addendum(note).refusal == nil)
    }

    @Test func `nobody is the supervisor of their own note`() throws {
        // A trainee by whose other role they could.
        try desk.story.given(
            RoleAssigned.with {
                $0.staff = desk.cast.trainee
                $0.role = .supervisor
            }, about: [Subject(.staff, desk.cast.trainee)])
        #expect(try cosign(by: desk.cast.trainee).refused == Refused("INV-NOTE-05", "note"))
        #expect(try giveBack(by: desk.cast.trainee).refused == Refused("INV-NOTE-05", "note"))
    }

    @Test func `a draft waits for nobody`() throws {
        let draft = try desk.note()
        let command = CosignNote.with { $0.note = draft }
        #expect(try desk.story.when(command, by: desk.cast.supervisor).refused == Refused("INV-NOTE-05", "note"))
    }

    @Test func `INV-NOTE-06: what is given back is a draft again, and is signed anew when it was changed`() throws {
        let event = try giveBack(by: desk.cast.supervisor).event(NoteReturned.self)
        #expect(event.reason.text == "Say what follows." && event.reason.isSealed(for: desk.cast.cleo, .clinical))
        #expect(try cosign(by: desk.cast.supervisor).refused == Refused("INV-NOTE-05", "note"))
        #expect(try desk.sign(note, by: desk.cast.trainee).refused == Refused("INV-NOTE-05"))
        let texts = [("with", "Cleo"), ("channel", "phone"), ("summary", "Called."), ("action", "Call again.")]
        #expect(try desk.save(note, base: 1, texts, by: desk.cast.trainee).reply.revision == 2)
        #expect(try desk.sign(note, 2, by: desk.cast.trainee).event(NoteSigned.self).awaitsCosign)
        #expect(try cosign(by: desk.cast.supervisor).refusal == nil)
        // Both signatures and both revisions are on record.
        let types = desk.story.log.filter { $0.header.subjects.contains(Subject(.note, note)) }.map(\.type)
        #expect(
            types == [
                .noteStarted, .noteDraftSaved, .noteSigned, .noteReturned, .noteDraftSaved, .noteSigned, .noteCosigned,
            ])
    }

    @Test func `while it waits nothing is written in it`() throws {
        #expect(try desk.save(note, base: 1, by: desk.cast.trainee).refused == Refused("INV-NOTE-04", "note"))
        #expect(try desk.discard(note, by: desk.cast.trainee).refused == Refused("INV-NOTE-04", "note"))
        #expect(try desk.mistake(note, by: desk.cast.trainee).refusal == nil)
    }
}
