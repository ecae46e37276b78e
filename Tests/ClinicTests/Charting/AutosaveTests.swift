import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AutosaveTests {
    private let desk: NoteDesk
    private let note: UInt64

    init() throws {
        desk = try NoteDesk()
        note = try desk.note()
    }

    private func pass(minutes: Int64) { desk.story.nowMs += minutes * 60_000 }

    @Test func `the first text of a client is an event: whose a key is, the log alone says`() throws {
        let outcome = try desk.autosave(note, base: 0)
        #expect(outcome.types == [.noteDraftSaved] && outcome.reply.revision == 1)
        // Another note of the same client's has a key by then.
        let contact = try desk.contact()
        #expect(try desk.save(contact, base: 0, [("summary", "Short")]) { $0.autosave = true }.kept?.number == 1)
    }

    @Test func `an editor's own saving is no event until ten minutes have passed since the draft's last`() throws {
        try #require(try desk.save(note, base: 0).refusal == nil)
        let size = desk.story.next
        pass(minutes: 9)
        let kept = try #require(try desk.autosave(note, base: 1, [("plan", "More")]).kept)
        #expect(kept.note == note && kept.author == desk.cast.ana && kept.base == 1 && kept.number == 1)
        #expect(kept.content.person == desk.cast.cleo && kept.content.category == .clinical)
        #expect(NoteContent(json: kept.content.text)?.sections.map(\.text) == ["More"])
        #expect(try desk.autosave(note, base: 1, after: 1).kept?.number == 2)
        #expect(desk.story.next == size)
        pass(minutes: 1)
        let outcome = try desk.autosave(note, base: 1, after: 2, [("plan", "Most")])
        #expect(outcome.types == [.noteDraftSaved] && outcome.reply.revision == 2)
        // From there the time counts anew, and so do the savings.
        pass(minutes: 9)
        #expect(try desk.autosave(note, base: 2).kept?.number == 1)
    }

    @Test func `a saving that rests on an older one is refused, whoever saves how`() throws {
        try #require(try desk.save(note, base: 0).refusal == nil)
        try #require(try desk.autosave(note, base: 1).kept != nil)
        for isAutosave in [true, false] {
            let outcome = try desk.save(note, base: 1, [("plan", "Other")]) { $0.autosave = isAutosave }
            let refusal = try #require(outcome.refusal)
            #expect(Refused(refusal) == Refused("changed", "baseAutosave") && refusal.status == 412)
            #expect(refusal.facts.revision == 1 && refusal.facts.autosave == 1)
        }
        #expect(try desk.autosave(note, base: 0).refused == Refused("changed", "base"))
        #expect(try desk.save(note, base: 1) { $0.baseAutosave = 1 }.reply.revision == 2)
        #expect(desk.story.scratches[note] == nil)
    }

    @Test func `the same rules hold as for every saving`() throws {
        try #require(try desk.save(note, base: 0).refusal == nil)
        let byBen = try desk.save(note, base: 1, by: desk.cast.ben) { $0.autosave = true }
        #expect(byBen.refused == Refused("INV-NOTE-01", "note"))
        #expect(try desk.autosave(note, base: 1, [("text", "x")]).refused == .malformed("sections[0].name"))
        try #require(try desk.sign(note).refusal == nil)
        #expect(try desk.autosave(note, base: 1).refused == Refused("INV-NOTE-04", "note"))
    }

    @Test func `what was not saved is not passed over by a signature`() throws {
        try #require(try desk.save(note, base: 0).refusal == nil)
        try #require(try desk.autosave(note, base: 1, [("plan", "More")]).kept != nil)
        let refusal = try #require(try desk.sign(note).refusal)
        #expect(Refused(refusal) == Refused("unsaved") && refusal.facts.autosave == 1)
        try #require(try desk.save(note, base: 1) { $0.baseAutosave = 1 }.refusal == nil)
        #expect(try desk.sign(note, 2).refusal == nil)
    }
}
