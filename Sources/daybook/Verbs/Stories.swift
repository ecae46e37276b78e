import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct History: ReadingVerb {
    static let configuration = CommandConfiguration(abstract: "Everything that happened to one client, in order.")

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Number, id, or part of a name.") var client: String
    @Option(help: "Only after this position.") var after: UInt64?
    @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

    func run(at desk: Desk) async throws {
        let practice = try await desk.practice()
        var query = ClientHistory()
        query.client = try await desk.client(client)
        if let after { query.after = after }
        if let limit { query.limit = limit }
        try await desk.ask(query) { answer in
            let more = answer.hasNext ? ["There is more: --after \(answer.next)"] : []
            return desk.lines(StoryViews.history(answer.rows, practice)) + more
        }
    }
}

struct Audit: ReadingVerb {
    static let configuration = CommandConfiguration(
        abstract: "Who did what when, through which door; looks and denials too.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("By this member of staff.", valueName: "staff")) var by: String?
    @Option(help: ArgumentHelp("About this: any id, or a client's number.", valueName: "id")) var about: String?
    @Option(help: ArgumentHelp("From this time or date on.", valueName: "time")) var from: String?
    @Option(help: ArgumentHelp("Until this time or date, excluded.", valueName: "time")) var to: String?
    @Option(help: "Only after this position; before it with --newest.") var after: UInt64?
    @Option(help: "How many at most; 100 when left out.") var limit: UInt32?
    @Flag(help: "The newest first.") var newest = false

    func run(at desk: Desk) async throws {
        let practice = try await desk.practice()
        let words = TimeWords(today: practice.today)
        var query = AuditTrail()
        if let by { query.actor = try await desk.staff(by) }
        if let about { query.subject = try await desk.client(about) }
        if let from { query.from = try words.time(from, dateAlone: .midnight).description }
        if let to { query.to = try words.time(to, dateAlone: .midnight).description }
        if let after { query.after = after }
        if let limit { query.limit = limit }
        if newest { query.newest = true }
        try await desk.ask(query) { answer in
            let more = answer.hasNext ? ["There is more: --after \(answer.next)"] : []
            return desk.lines(StoryViews.audit(answer.rows, practice)) + more
        }
    }
}
