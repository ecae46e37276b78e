import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct SaveNoteDraftTests {
    @Test func `what is saved is sealed for the client, whole and in one form`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        let texts = [
            ("plan", "Go on.\n\tSoon \"again\" \\ \u{e9}"), ("subjective", "Slept badly."), ("objective", "  "),
        ]
        let outcome = try desk.save(note, base: 0, texts)
        let event = try outcome.event(NoteDraftSaved.self)
        #expect(event.note == note && event.revision == 1 && outcome.reply.revision == 1 && outcome.reply.id == note)
        #expect(event.content.isSealed(for: desk.cast.cleo, .clinical))
        // In the order of the template, without what says nothing (RFC 8785).
        let json =
            #"{"appointment":\#(desk.session),"author":\#(desk.cast.ana),"client":\#(desk.cast.cleo),"note":\#(note),"#
            + #""sections":[{"name":"subjective","text":"Slept badly."},"#
            + #"{"name":"plan","text":"Go on.\n\tSoon \"again\" \\ é"}],"#
            + #""serviceDate":"2026-01-06","template":"progress.soap/1"}"#
        #expect(event.content.text == json)
        let content = try #require(NoteContent(json: json))
        #expect(content.json == json && content.sections.map(\.name) == ["subjective", "plan"])
    }

    @Test func `INV-NOTE-01: only the author writes a draft`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        for staff in [desk.cast.ben, desk.cast.supervisor, desk.cast.trainee] {
            #expect(try desk.save(note, base: 0, by: staff).refused == Refused("INV-NOTE-01", "note"))
        }
        #expect(try desk.save(note, base: 0, by: desk.cast.owner).refused == .notPermitted)
        #expect(try desk.save(note, base: 0).refusal == nil)
    }

    @Test func `a draft saved from two places: nothing is lost, and the second is told`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        let first = try desk.save(note, base: 0)
        let refusal = try #require(try desk.save(note, base: 0, [("plan", "Other")]).refusal)
        #expect(Refused(refusal) == Refused("changed", "base") && refusal.status == 412)
        #expect(refusal.facts.revision == 1 && refusal.facts.autosave == 0)
        #expect(refusal.facts.changed == first.recorded[0].position)
        #expect(try desk.save(note, base: 1, [("plan", "Both")]).reply.revision == 2)
        #expect(try desk.save(note, base: 2) { $0.clearBase() }.refused == .malformed("base"))
        #expect(try desk.save(note, base: 3).refused == Refused("changed", "base"))
    }

    @Test func `a note has at most 12,000 characters, and five megabytes are refused in as many words`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        func long(_ count: Int, _ text: String = "s") -> String { String(repeating: text, count: count) }
        let refusal = try #require(try desk.save(note, base: 0, [("plan", long(5 << 20))]).refusal)
        #expect(Refused(refusal) == .malformed("sections[0].text"))
        #expect(refusal.detail.contains("12000 characters"))
        #expect(try desk.save(note, base: 0, [("plan", long(12_001))]).refused == .malformed("sections[0].text"))
        #expect(
            try desk.save(note, base: 0, [("plan", long(6_000)), ("objective", long(6_001))]).refused
                == .malformed("sections[1].text"))
        // In any script; only what is made of marks upon marks may be shorter.
        #expect(try desk.save(note, base: 0, [("plan", long(12_000, "\u{1F468}"))]).reply.revision == 1)
        #expect(try desk.save(note, base: 1, [("plan", long(12_000, "\"\u{20DD}"))]).refused == .malformed("sections"))
    }

    @Test func `the sections are the template's`() throws {
        let desk = try NoteDesk()
        let note = try desk.note()
        #expect(try desk.save(note, base: 0, [("text", "All")]).refused == .malformed("sections[0].name"))
        #expect(
            try desk.save(note, base: 0, [("plan", "One"), ("plan", "Two")]).refused == .malformed("sections[1].name"))
        #expect(try desk.save(note, base: 0, [("plan", "\u{7}")]).refused == .malformed("sections[0].text"))
        let five = NoteDesk.soap + [("plan", "Again")]
        #expect(try desk.save(note, base: 0, five).refused == .malformed("sections"))
        #expect(try desk.save(note, base: 0, []).reply.revision == 1)
        #expect(try desk.save(9_999, base: 0).refused == .notFound("note"))
    }
}
