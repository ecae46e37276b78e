import ArgumentParser
import DaybookClient
import Schema
import SwiftProtobuf

extension NoteVerbs {
    struct Sign: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Sign a draft, for ever.",
            discussion: "Shows what will be signed and asks. In a script, name the --revision that was read.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The note's id.") var note: UInt64
        @Option(help: "The revision that you have read.") var revision: UInt32?

        func run(at desk: Desk) async throws {
            var command = SignNote.with { $0.note = note }
            command.revision = try await chosen(at: desk)
            try await desk.send(command) { reply in
                var lines = ["Signed: note \(note), revision \(reply.revision)."]
                if reply.lateEntry { lines.append("  It is a late entry.") }
                if reply.awaitsCosign { lines.append("  It is final when a supervisor has signed it too.") }
                return lines
            }
        }

        private func chosen(at desk: Desk) async throws -> UInt32 {
            if let revision { return revision }
            guard Prompt.isPossible else { throw UsageError("Name the --revision that you have read.") }
            let practice = try await desk.practice()
            let shown = try await desk.client.ask(ShowNote.with { $0.note = note })
            desk.screen.complain(NoteView.lines(shown, practice))
            guard Prompt.ask("Sign revision \(shown.revision) for ever? (yes/no)")?.lowercased() == "yes" else {
                throw UsageError("Not signed.")
            }
            return shown.revision
        }
    }

    struct Cosign: Verb {
        static let configuration = CommandConfiguration(abstract: "Sign a trainee's note as their supervisor.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The note's id.") var note: UInt64
        @Flag(help: "Ask for a comment, or read it from standard input.") var comment = false

        func run(at desk: Desk) async throws {
            var command = CosignNote.with { $0.note = note }
            if comment { command.comment = try PrivateText.read("Comment") }
            try await desk.send(command) { _ in ["Signed: note \(note) is final."] }
        }
    }

    struct Return: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Give a trainee's note back.", discussion: "The reason is asked for, or read from standard input."
        )
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The note's id.") var note: UInt64

        func run(at desk: Desk) async throws {
            var command = ReturnNote.with { $0.note = note }
            command.reason = try PrivateText.read("Reason")
            try await desk.send(command) { _ in ["Given back: note \(note) is a draft again."] }
        }
    }

    struct Addendum: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Add to a signed note.",
            discussion: """
                The text and why it is added are written in $EDITOR; `addendum NOTE -` reads JSON with the fields `text` \
                and `reason` from standard input.
                """)
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The note's id.") var note: UInt64
        @Argument(help: "- for JSON on standard input.") var input: String?

        func run(at desk: Desk) async throws {
            guard let input else { return try await edit(at: desk) }
            try await send(try ClientForm.read(AddAddendum.self, input), at: desk, key: try desk.key())
        }

        private func send(_ command: AddAddendum, at desk: Desk, key: IdempotencyKey) async throws {
            var command = command
            command.note = note
            try await desk.send(command, key: key) { ["Added: addendum \($0.id) to note \(note)."] }
        }

        private func edit(at desk: Desk) async throws {
            var text = NoteText(names: ["text", "reason"])
            var remarks = ["Addendum to note \(note). Lines that begin with #: are left out."]
            // One for all attempts: when an answer is lost, nothing is added twice.
            let key = try desk.key()
            while true {
                let ended = try await Editing(.process).run(text.rendered(remarks))
                guard ended.status == 0, let last = ended.text else {
                    throw UsageError("The editor ended with status \(ended.status), and nothing was added.")
                }
                desk.screen.complain(last.remarks)
                text = NoteText(reading: last.text, names: text.sections.map(\.name))
                guard text.sections.contains(where: { !$0.text.isEmpty }) else {
                    throw UsageError("Nothing was written, and nothing was added.")
                }
                do {
                    let written = AddAddendum.with {
                        $0.text = text.sections[0].text
                        $0.reason = text.sections[1].text
                    }
                    return try await send(written, at: desk, key: key)
                } catch {
                    remarks = [remarks[0]] + (try EditingOn.remarks(after: error, at: desk))
                }
            }
        }
    }

    struct Mistake: Verb {
        static let configuration = CommandConfiguration(
            commandName: "error", abstract: "Mark a signed note that should not have been written.",
            discussion: "The reason is asked for, or read from standard input. The note stays readable.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The note's id.") var note: UInt64
        @Option(help: "The note that takes its place.") var replacement: UInt64?

        func run(at desk: Desk) async throws {
            var command = MarkNoteInError.with { $0.note = note }
            command.reason = try PrivateText.read("Reason")
            if let replacement { command.replacement = replacement }
            try await desk.send(command) { _ in ["Marked: note \(note) was entered in error."] }
        }
    }

    struct Discard: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Throw a draft away.", discussion: "The reason is asked for, or read from standard input.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The note's id.") var note: UInt64

        func run(at desk: Desk) async throws {
            var command = DiscardNoteDraft.with { $0.note = note }
            command.reason = try PrivateText.read("Reason")
            try await desk.send(command) { _ in ["Thrown away: the draft of note \(note)."] }
        }
    }
}
