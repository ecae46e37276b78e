import ArgumentParser
import DaybookClient
import Schema

struct InvoiceVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoice", abstract: "The invoices: draft them, issue them, and see what became of them.",
        subcommands: [
            List.self, Show.self, DraftVerb.self, Discard.self, Issue.self, Undo.self, Credit.self, WriteOff.self,
        ],
        defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "The invoices, by id.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name; everybody when left out.") var client: String?
        @Flag(help: "Only those of which something is open.") var open = false
        @Option(help: "Only after this id.") var after: UInt64?
        @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

        func run(at desk: Desk) async throws {
            var query = ListInvoices()
            if let client { query.client = try await desk.client(client) }
            if open { query.open = true }
            if let after { query.after = after }
            if let limit { query.limit = limit }
            try await desk.ask(query) { answer in
                desk.lines(MoneyViews.invoices(answer.rows)) + Desk.more(answer.hasNext ? answer.next : nil)
            }
        }
    }

    struct Show: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "One invoice, and all that became of it.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its number, as INV-2026-000001, or its id.") var invoice: String
        @Option(help: "Whose it is; for who sees the balances of their care team alone.") var client: String?

        func run(at desk: Desk) async throws {
            var query = ShowInvoice()
            if let id = UInt64(invoice) { query.invoice = id } else { query.number = invoice.uppercased() }
            if let client { query.client = try await desk.client(client) }
            try await desk.ask(query) {
                InvoiceView.lines($0, width: desk.screen.width, isColoured: desk.screen.isColoured)
            }
        }
    }
}

extension Desk {
    /// That a list goes on.
    static func more(_ next: UInt64?) -> [String] { next.map { ["There is more: --after \($0)"] } ?? [] }
}
