import ArgumentParser
import DaybookClient
import Schema
import SwiftProtobuf

extension NoteVerbs {
    struct Show: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "A note with its text, signatures and addenda.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "The note's id.") var note: UInt64
        @Option(help: "An earlier revision.") var revision: UInt32?

        func run(at desk: Desk) async throws {
            let practice = try await desk.practice()
            var query = ShowNote.with { $0.note = note }
            if let revision { query.revision = revision }
            try await desk.ask(query) { NoteView.lines($0, practice) }
        }
    }

    struct Queue: ReadingVerb {
        static let configuration = CommandConfiguration(
            abstract: "What is left to be written and signed, oldest first.",
            discussion: "A supervisor sees what waits for them first. Managers see everybody's with --all.")
        @OptionGroup var global: GlobalOptions
        @Option(help: "Whose; your own when left out.") var staff: String?
        @Flag(help: "Everybody's.") var all = false
        @Flag(help: "Only what is overdue.") var overdue = false
        @Option(help: "Only what comes after this key.") var after: String?
        @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

        func run(at desk: Desk) async throws {
            let practice = try await desk.practice()
            var query = NoteQueue()
            if let staff {
                query.staff = try await desk.staff(staff)
            } else if !all {
                query.staff = practice.caller.staff
            }
            if overdue { query.overdue = true }
            if let after { query.after = after }
            if let limit { query.limit = limit }
            try await desk.ask(query) { answer in
                let more = answer.hasNext ? ["There is more: --after \(answer.next)"] : []
                return desk.lines(NoteView.queue(answer.rows, practice)) + more
            }
        }
    }

    struct ChartVerb: ReadingVerb {
        static let configuration = CommandConfiguration(
            commandName: "chart", abstract: "A client's sessions and contact notes, newest first.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name.") var client: String
        @Flag(help: "Also what was entered in error, and drafts that were thrown away.") var all = false
        @Option(help: "Only what comes after this key.") var after: String?
        @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

        func run(at desk: Desk) async throws {
            let practice = try await desk.practice()
            var query = Chart()
            query.client = try await desk.client(client)
            if all { query.all = true }
            if let after { query.after = after }
            if let limit { query.limit = limit }
            try await desk.ask(query) { answer in
                let more = answer.hasNext ? ["There is more: --after \(answer.next)"] : []
                return desk.lines(NoteView.chart(answer.rows, practice)) + more
            }
        }
    }
}
