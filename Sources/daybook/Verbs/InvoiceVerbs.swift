import ArgumentParser
import DaybookClient
import Schema
import Timetable

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
        static let configuration = CommandConfiguration(
            abstract: "One invoice, and all that became of it.",
            discussion: """
                daybook invoice show INV-2026-000001 --html . writes INV-2026-000001.html here, to be printed or sent from a \
                browser. It is readable by you alone; remove it when it was sent.
                """)
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its number, as INV-2026-000001, or its id; or the number of a credit note.") var invoice:
            String
        @Option(help: "Whose it is; for who sees the balances of their care team alone.") var client: String?
        @Option(help: ArgumentHelp("Write it as a page to print, to a file or into a folder.", valueName: "file"))
        var html: String?

        func run(at desk: Desk) async throws {
            var query = ShowInvoice()
            if let id = UInt64(invoice) { query.invoice = id } else { query.number = invoice.uppercased() }
            if let client { query.client = try await desk.client(client) }
            guard let html else {
                return try await desk.ask(query) { answer in
                    let screen = desk.screen
                    guard answer.row.standing == .draft else {
                        return InvoiceView.lines(answer, width: screen.width, isColoured: screen.isColoured)
                    }
                    let charges = try await desk.charges(of: answer.row)
                    return InvoiceView.draftLines(
                        answer.row, charges, width: screen.width, isColoured: screen.isColoured)
                }
            }
            guard !global.json else { throw UsageError("Either --html or --json.") }
            let answer = try await desk.client.ask(query, asOf: try await desk.asOf())
            let paper = try await paper(of: answer, at: desk)
            let path = try PaperFile.write(PaperPage.html(paper), to: html, number: paper.number)
            desk.screen.write(["Written: \(path)"] + PaperAdvice.lines(answer))
        }

        private func paper(of answer: ShowInvoiceAnswer, at desk: Desk) async throws -> Paper {
            let number = invoice.uppercased()
            if answer.creditNotes.contains(where: { $0.number == number }) {
                return try Paper(creditNote: number, of: answer)
            }
            let today = try await desk.practice().today
            let asOf = try await desk.asOf().flatMap { LocalDate(iso: String($0.prefix(10))) }
            // What is to come nobody can say: the page is as of today at the latest.
            return try Paper(invoice: answer, today: min(asOf ?? today, today).description)
        }
    }
}

extension Desk {
    /// That a list goes on.
    static func more(_ next: UInt64?) -> [String] { next.map { ["There is more: --after \($0)"] } ?? [] }
}
