import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct NoteTests {
        @Test func `a note is written in an editor, signed and read, and nothing is left in clear`() throws {
            let clinic = try NoteClinic()
            // A careless editor: a swap file, a backup, a folder.
            try clinic.editor(
                NoteClinic.writing
                    + #"""

                    stat -c %a "$1" "$(dirname "$1")" > $marks/modes
                    cp "$1" "$(dirname "$1")/.note.txt.swp"; cp "$1" "$1~"
                    mkdir "$TMPDIR/undo"; cp "$1" "$TMPDIR/undo/%note"
                    """#)
            let written = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            #expect(written.status == 0 && written.output.hasPrefix("Saved: note "), "\(written)")
            #expect(!written.output.contains(NoteClinic.secret) && !written.error.contains(NoteClinic.secret))
            #expect(try String(contentsOfFile: clinic.marks.child("modes"), encoding: .utf8) == "600\n700\n")
            try clinic.expectNothingLeft()
            let note = try #require(try clinic.note()?.id)
            #expect(try clinic.text("content").contains("Subjective was zyxomma."))
            let signed = try Finished(running: clinic.daybook("note", "sign", "\(note)", "--revision", "1"))
            #expect(signed.output == "Signed: note \(note), revision 1.\n", "\(signed)")
            let shown = try Finished(running: clinic.daybook("note", "show", "\(note)"))
            #expect(shown.output.contains("Plan\n  Plan was zyxomma.\n"))
            #expect(shown.output.contains("Signed by Ana Owner, therapist, as author, revision 1"))
            let chart = try Finished(running: clinic.daybook("note", "chart", "\(clinic.client)"))
            #expect(chart.output.contains("signed") && chart.output.contains("completed"))
            #expect(try Finished(running: clinic.daybook("note", "queue")).output == "None.\n")
        }

        @Test func `a signed note is not opened again, and takes an addendum`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(NoteClinic.writing)
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            let note = try #require(try clinic.note()?.id)
            _ = try Finished(running: clinic.daybook("note", "sign", "\(note)", "--revision", "1"))
            let again = try Finished(running: clinic.daybook("note", "edit", "\(note)"))
            #expect(again.status == 2 && again.error.contains("daybook note addendum \(note)"))
            let added = try Finished(running: clinic.daybook("note", "addendum", "\(note)"))
            #expect(added.status == 0 && added.output.hasPrefix("Added: addendum "), "\(added)")
            let shown = try Finished(running: clinic.daybook("note", "show", "\(note)"))
            #expect(shown.output.contains("  Text was zyxomma.\n  Why: Reason was zyxomma.\n"))
            try clinic.expectNothingLeft()
        }

        @Test func `five megabytes are refused in as many words, and nothing is left of them`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(#"head -c 5000000 /dev/zero | tr '\0' 'q' >> "$1"; echo zyxomma >> "$1""#)
            let written = try Finished(running: clinic.daybook("note", "\(clinic.appointment)", "--autosave", "1"))
            #expect(written.status == 2, "\(written)")
            #expect(written.error.contains("at most 12000 characters in all its sections together, and this has 50000"))
            #expect(try clinic.note()?.answer.number("revision") == nil)
            try clinic.expectNothingLeft()
        }

        @Test func `an addendum that is refused is edited on, and what was typed is still there`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(NoteClinic.writing)
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            let note = try #require(try clinic.note()?.id)
            _ = try Finished(running: clinic.daybook("note", "sign", "\(note)", "--revision", "1"))
            // The first time without why.
            try clinic.editor(
                #"""
                if [ -e $marks/typed ]; then grep -c "More zyxomma" "$1" > $marks/found; echo "Forgotten" >> "$1"; exit 0; fi
                sed -i 's/^== Text ==/&\nMore zyxomma/' "$1"; touch $marks/typed
                """#)
            let typed = clinic.onTerminal("note", "addendum", "\(note)")
            let keys = Pipe()
            typed.standardInput = keys
            try keys.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
            let added = try Finished(running: typed)
            #expect(added.output.contains("Enter to edit on"), "\(added)")
            #expect(added.output.contains("Added: addendum "), "\(added)")
            #expect(try String(contentsOfFile: clinic.marks.child("found"), encoding: .utf8) == "1\n")
            let shown = try Finished(running: clinic.daybook("note", "show", "\(note)"))
            #expect(shown.output.contains("  More zyxomma\n  Why: Forgotten\n"), "\(shown)")
            try clinic.expectNothingLeft()
        }

        @Test func `while the editor runs, what is typed is saved, and is no revision before the end`() throws {
            let clinic = try NoteClinic()
            // The first text of a client is a revision; so there is one before.
            try clinic.editor(NoteClinic.writing)
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            try clinic.editor(
                #"""
                echo "More zyxomma." >> "$1"
                touch $marks/typed
                while [ ! -e $marks/go ]; do sleep 0.05; done
                """#)
            let process = clinic.daybook("note", "\(clinic.appointment)", "--autosave", "1")
            let (output, error) = (Pipe(), Pipe())
            process.standardOutput = output
            process.standardError = error
            try process.run()
            try clinic.wait(for: "the saving") { try clinic.text("autosaved").contains("More zyxomma.") }
            #expect(try clinic.note()?.answer.number("revision") == 1)
            clinic.raise("go")
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(try clinic.note()?.answer.number("revision") == 2)
            #expect(try clinic.text("content").contains("More zyxomma.") && clinic.text("autosaved") == "")
            try clinic.expectNothingLeft()
        }

        @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
        func `ended by a signal it keeps what was typed, and leaves nothing in clear`(signal: Int32) throws {
            let clinic = try NoteClinic()
            try clinic.editor(NoteClinic.writing + "\ntouch $marks/typed; exec sleep 600")
            let process = clinic.daybook("note", "\(clinic.appointment)", "--autosave", "600")
            process.standardOutput = Pipe()
            process.standardError = Pipe()
            try process.run()
            try clinic.wait(for: "the typing") { clinic.mark("typed") }
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == signal)
            try clinic.expectNothingLeft()
            // The first text of a client is an event at once, a later one is kept outside the log.
            #expect(try clinic.text("content").contains("Plan was zyxomma."))
        }

        @Test func `when the editor fails no more than what was typed is kept, and that with the draft`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(NoteClinic.writing)
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            try clinic.editor(#"echo "Half zyxomma" >> "$1"; exit 3"#)
            let failed = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            #expect(failed.status == 2 && failed.error.contains("status 3"), "\(failed)")
            #expect(try clinic.note()?.answer.number("revision") == 1)
            #expect(try clinic.text("autosaved").contains("Half zyxomma"))
            try clinic.expectNothingLeft()
            // The next editing goes on from there.
            try clinic.editor(#"grep -c "Half zyxomma" "$1" > $marks/found"#)
            let saved = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            #expect(saved.output.contains("revision 2"), "\(saved)")
            #expect(try String(contentsOfFile: clinic.marks.child("found"), encoding: .utf8) == "1\n")
        }

        @Test func `when the editor fails and what was typed cannot be kept, that is said`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(#"printf 'zyxomma \007' >> "$1"; exit 3"#)
            let failed = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            #expect(failed.status == 2 && failed.error.contains("What was typed could not be kept"), "\(failed)")
            #expect(failed.error.contains("status 3") && !failed.error.contains("zyxomma"))
            try clinic.expectNothingLeft()
        }

        @Test func `an editor that empties the file takes nothing of what was typed before`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(#"echo "Half zyxomma" >> "$1"; exit 3"#)
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            try clinic.editor(#": > "$1""#)
            let emptied = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            #expect(emptied.status == 0 && emptied.error.contains("Nothing was written"), "\(emptied)")
            #expect(try (clinic.text("content") + clinic.text("autosaved")).contains("Half zyxomma"))
        }

        @Test func `a reason that is no UTF-8 is refused, and nothing of it is replaced`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(NoteClinic.writing)
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            let id = try #require(try clinic.note()).id
            let input = Pipe()
            input.fileHandleForWriting.write(Data([0x63, 0x61, 0x66, 0xE9]))
            try input.fileHandleForWriting.close()
            let discard = clinic.daybook("note", "discard", "\(id)")
            discard.standardInput = input
            let refused = try Finished(running: discard)
            #expect(refused.status == 2 && refused.error.contains("is not UTF-8"), "\(refused)")
            #expect(try clinic.text("content").contains("zyxomma"))
        }

        @Test func `an answer that cannot be written whole is no success`() throws {
            let clinic = try NoteClinic()
            for arguments in [["staff"], ["--json", "client", "list"], ["help", "commands"]] {
                let process = clinic.daybook()
                process.arguments? += arguments
                let errors = Pipe()
                process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
                process.standardError = errors
                try process.run()
                let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == 1, "\(arguments)")
                #expect(told.contains("standard output cannot be written"), "\(told)")
            }
        }

        @Test func `an editor that writes Latin-1 loses no letter, and the author is told`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(#"printf 'caf\351 zyxomma' >> "$1""#)
            let written = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            #expect(written.status == 0 && written.error.contains("read as Latin-1"), "\(written)")
            #expect(try clinic.text("content").contains("café zyxomma"))
            try clinic.expectNothingLeft()
        }

        @Test func `saved from another place meanwhile: the editor has both, and nothing is lost`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(NoteClinic.writing)
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            let note = try #require(try clinic.note()?.id)
            try clinic.editor(
                #"""
                if [ -e $marks/typed ]; then grep -c "from elsewhere" "$1" > $marks/found; exit 0; fi
                echo "Mine" >> "$1"
                touch $marks/typed
                while [ ! -e $marks/go ]; do sleep 0.05; done
                """#)
            let process = clinic.daybook("note", "\(clinic.appointment)", "--autosave", "600")
            process.standardOutput = Pipe()
            process.standardError = Pipe()
            try process.run()
            try clinic.wait(for: "the typing") { clinic.mark("typed") }
            let elsewhere = try clinic.daemon.command(
                "SaveNoteDraft",
                #"{"note":\#(note),"base":1,"sections":[{"name":"plan","text":"from elsewhere"}]}"#)
            // Either this place's own saving came first, and the other is told; or the other did, and this one is.
            if elsewhere.status == 412 {
                #expect(elsewhere.number("autosave") == 1)
                try #require(
                    try clinic.daemon.command(
                        "SaveNoteDraft",
                        #"{"note":\#(note),"base":1,"baseAutosave":1,"#
                            + #""sections":[{"name":"plan","text":"from elsewhere"}]}"#
                    ).status == 201)
            }
            clinic.raise("go")
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(try String(contentsOfFile: clinic.marks.child("found"), encoding: .utf8) == "1\n")
            let text = try clinic.text("content")
            #expect(text.contains("Mine") && text.contains("from elsewhere"))
            try clinic.expectNothingLeft()
        }

        @Test func `a note that is killed leaves nothing for long`() throws {
            let clinic = try NoteClinic()
            try clinic.editor(NoteClinic.writing + "\necho $$ > $marks/pid; touch $marks/typed; exec sleep 600")
            let process = clinic.daybook("note", "\(clinic.appointment)")
            try process.run()
            try clinic.wait(for: "the typing") { clinic.mark("typed") }
            let pid = try String(contentsOfFile: clinic.marks.child("pid"), encoding: .utf8)
            let editor = try #require(pid_t(pid.trimmingCharacters(in: .whitespacesAndNewlines)))
            kill(process.processIdentifier, SIGKILL)
            // An end is noticed when nothing of a process is left, its children included.
            kill(editor, SIGKILL)
            process.waitUntilExit()
            #expect(try FileManager.default.contentsOfDirectory(atPath: clinic.runtime).count == 1)
            try clinic.editor("true")
            _ = try Finished(running: clinic.daybook("note", "\(clinic.appointment)"))
            try clinic.expectNothingLeft()
        }
    }
}
