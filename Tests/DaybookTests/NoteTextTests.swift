import Schema
import Testing

@testable import daybook

@Suite struct NoteTextTests {
    private static let names = ["subjective", "plan"]

    private func read(_ text: String) -> [String] {
        NoteText(reading: text, names: Self.names).sections.map(\.text)
    }

    @Test func `each section stands under its heading, below the remarks`() {
        let text = NoteText(names: Self.names, texts: ["plan": "Go on.\nSoon."])
        #expect(
            text.rendered(["Note 7"]) == """
                #: Note 7

                == Subjective ==

                == Plan ==
                Go on.
                Soon.


                """)
    }

    @Test(arguments: [
        "", "One line", "Two\nlines", "A\n\n\nB", "#: looks like a remark", "== Plan ==", "\\== Plan ==", "\\\\#: x",
        "== Other ==", "  indented", "\\ alone", "=", "# heading",
    ])
    func `what is rendered reads back as it was`(text: String) {
        for texts in [["subjective": text], ["plan": text], ["subjective": text, "plan": text]] {
            let note = NoteText(names: Self.names, texts: texts)
            #expect(NoteText(reading: note.rendered(["A remark", "== Plan =="]), names: Self.names) == note)
        }
    }

    @Test func `nothing typed is lost by its form`() {
        #expect(read("Before any heading\n== Plan ==\nGo on.") == ["Before any heading", "Go on."])
        #expect(read("==plan==\nOne\n== SUBJECTIVE ==\nTwo\n== Plan ==\nThree") == ["Two", "One\nThree"])
        #expect(read("== Mood ==\nLow") == ["== Mood ==\nLow", ""])
        #expect(read("== Plan ==\r\nGo on.\r\nSoon.\r\n") == ["", "Go on.\nSoon."])
        #expect(read("\n \n== Plan ==\n\n\n  Go on.\n \n") == ["", "  Go on."])
        #expect(read("") == ["", ""])
        #expect(NoteText(reading: "Text", names: []).sections.isEmpty)
    }

    @Test func `two texts of a section stand below each other where they differ`() {
        let mine = NoteText(names: Self.names, texts: ["subjective": "Same", "plan": "Mine"])
        let theirs = NoteText(names: Self.names, texts: ["subjective": "Same", "plan": "Theirs"])
        #expect(mine.beside(theirs).sections.map(\.text) == ["Same", "Mine\n\n>>> saved elsewhere:\nTheirs\n<<<"])
        let empty = NoteText(names: Self.names)
        #expect(empty.beside(theirs) == theirs && mine.beside(empty) == mine)
    }

    @Test func `a draft whose text since its revision is damaged goes on from the revision, and says so`() throws {
        var answer = ShowNoteAnswer()
        answer.row.template = "progress.free/1"
        answer.row.revision = 2
        answer.revision = 2
        var started = NoteStarted()
        started.template = "progress.free/1"
        let revised = NoteContent.Section(name: "text", text: "Revised")
        answer.content.text = NoteContent(note: 7, started: started, sections: [revised]).json
        answer.autosaved.unreadable = true
        let damaged = try DraftPlace(answer)
        #expect(damaged.isDamaged && damaged.saved.sections[0].text == "Revised")
        answer.autosaved = answer.content
        #expect(try !DraftPlace(answer).isDamaged)
        answer.autosaved.withheld = true
        #expect(throws: UsageError.self) { try DraftPlace(answer) }
    }

    @Test func `a note has an end, and whoever wrote more is told by how much`() {
        let most = String(repeating: "é", count: NoteContent.charactersMax)
        #expect(throws: Never.self) { try NoteText(names: ["text"], texts: ["text": most]).requireFitting() }
        let error = #expect(throws: UsageError.self) {
            try NoteText(names: ["text", "more"], texts: ["text": most, "more": "é"]).requireFitting()
        }
        #expect(error?.description.contains("at most 12000 characters") == true)
        #expect(error?.description.contains("12001") == true)
    }
}
