import ArgumentParser
import DaybookClient
import Schema
import SwiftProtobuf
import Timetable

struct NoteVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Write, sign and read notes.",
        discussion: """
            `daybook note APPOINTMENT` opens the session's note in $EDITOR, and begins it when there is none.
            """,
        subcommands: [
            Write.self, Start.self, Edit.self, Show.self, Sign.self, Cosign.self, Return.self, Addendum.self,
            Mistake.self,
            Discard.self, Queue.self, ChartVerb.self,
        ],
        defaultSubcommand: Write.self)

    /// How a draft is edited.
    struct EditingOptions: ParsableArguments {
        @Option(help: ArgumentHelp("While the editor runs, save what changed this often.", valueName: "seconds"))
        var autosave = 20

        func validate() throws {
            guard (1...600).contains(autosave) else { throw ValidationError("--autosave must be 1 to 600 seconds.") }
        }

        func write(_ note: UInt64, at desk: Desk) async throws {
            try await NoteWriting(desk: desk, surroundings: .process, interval: .seconds(autosave)).write(note)
        }
    }

    struct Write: Verb {
        static let configuration = CommandConfiguration(
            commandName: "write", abstract: "Open the note of a session in $EDITOR; begin it when there is none.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var choice: AppointmentChoice
        @OptionGroup var editing: EditingOptions
        @Option(help: "soap or free, for a note that is begun.") var kind: String?

        func run(at desk: Desk) async throws {
            var command = StartNote()
            command.appointment = try await choice.find(at: desk)
            if let kind { command.kind = try NoteWords.kind(kind) }
            let note: UInt64
            do throws(ClientError) {
                note = try await desk.client.send(command).id
            } catch {
                // The one that there is already is gone on with.
                guard error.problem?.rule == "INV-NOTE-09", let live = error.problem?.involved.first else {
                    throw error
                }
                note = live
            }
            try await editing.write(note, at: desk)
        }
    }

    struct Start: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Begin a note: of a session, or with --contact of something outside sessions.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The appointment's id.") var appointment: UInt64?
        @Option(help: "A contact note about this client: number, id, or part of a name.") var contact: String?
        @Option(help: "soap or free.") var kind: String?
        @Option(help: "The day of the contact; today when left out.") var on: String?

        func validate() throws {
            guard (appointment == nil) != (contact == nil) else {
                throw ValidationError("Name the appointment by its id, or --contact and the client.")
            }
        }

        func run(at desk: Desk) async throws {
            var command = StartNote()
            if let appointment { command.appointment = appointment }
            if let contact { command.client = try await desk.client(contact) }
            if let kind { command.kind = try NoteWords.kind(kind) }
            if let on {
                command.serviceDate = try TimeWords(today: try await desk.practice().today).date(on).description
            }
            try await desk.send(command) { ["Begun: note \($0.id).", "  To write it: daybook note edit \($0.id)"] }
        }
    }

    struct Edit: Verb {
        static let configuration = CommandConfiguration(abstract: "Open a draft in $EDITOR.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var editing: EditingOptions
        @Argument(help: "The note's id.") var note: UInt64

        func run(at desk: Desk) async throws { try await editing.write(note, at: desk) }
    }
}

/// Words of notes as people type them.
enum NoteWords {
    static func kind(_ text: String) throws -> NoteKind.Value {
        switch text.lowercased() {
        case "soap": .progressSoap
        case "free": .progressFree
        default: try EnumWord.value(text, "kind of note")
        }
    }
}
