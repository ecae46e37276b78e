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
}
