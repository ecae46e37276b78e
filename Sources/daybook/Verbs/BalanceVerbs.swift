import ArgumentParser
import DaybookClient
import Ledger
import Schema

struct BalanceVerb: ReadingVerb {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "What a client owes and has; what is on no invoice stands apart.")

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Number, id, or part of a name.") var client: String

    func run(at desk: Desk) async throws {
        var query = Balances()
        query.client = try await desk.client(client)
        try await desk.ask(query) { desk.lines(MoneyViews.balances($0.rows)) }
    }
}

struct AgeingVerb: ReadingVerb {
    static let configuration = CommandConfiguration(
        commandName: "ageing", abstract: "Who owes how much, by days past due.")

    @OptionGroup var global: GlobalOptions
    @Option(help: ArgumentHelp("Only what this organisation owes, by name or id.", valueName: "payer")) var payer:
        String?
    @Option(help: "Only clients after this id.") var after: UInt64?
    @Option(help: "How many accounts at most; 100 when left out.") var limit: UInt32?

    func run(at desk: Desk) async throws {
        var query = Ageing()
        if let payer { query.payer = try await desk.payer(payer) }
        if let after { query.after = after }
        if let limit { query.limit = limit }
        try await desk.ask(query) { answer in
            desk.lines(MoneyViews.ageing(answer)) + Desk.more(answer.hasNext ? answer.next : nil)
        }
    }
}

struct ExplainVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Where a number comes from.", subcommands: [Balance.self])

    struct Balance: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "Each cent of a client's balance, to its event.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name.") var client: String
        @Option(help: "Only after this position.") var after: UInt64?
        @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

        func run(at desk: Desk) async throws {
            var query = ExplainBalance()
            query.client = try await desk.client(client)
            if let after { query.after = after }
            if let limit { query.limit = limit }
            try await desk.ask(query) { answer in
                desk.lines(MoneyViews.entries(answer.rows)) + Desk.more(answer.hasNext ? answer.next : nil)
            }
        }
    }
}

struct LedgerVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The books: every account's balance, and the journal.",
        subcommands: [Trial.self, JournalVerb.self], defaultSubcommand: Trial.self)

    struct Trial: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "Every account with its balance.")
        @OptionGroup var global: GlobalOptions

        func run(at desk: Desk) async throws {
            try await desk.ask(TrialBalance()) { desk.lines(MoneyViews.trial($0)) }
        }
    }

    struct JournalVerb: ReadingVerb {
        static let configuration = CommandConfiguration(
            commandName: "journal", abstract: "The journal as a file that hledger and ledger read.",
            discussion: "daybook ledger journal >practice.journal; hledger -f practice.journal check --strict")
        @OptionGroup var global: GlobalOptions
        @Option(help: "Only after this position.") var after: UInt64?
        @Option(help: "Up to this position.") var until: UInt64?

        /// A file needs all of it: it names its accounts first.
        func run(at desk: Desk) async throws {
            var query = Journal()
            query.limit = 1_000
            if let after { query.after = after }
            if let until { query.until = until }
            guard !global.json else { return try await desk.ask(query) { _ in [] } }
            let asOf = try await desk.asOf()
            var rows: [JournalRow] = []
            while true {
                let answer = try await desk.client.ask(query, asOf: asOf)
                rows += answer.rows
                guard answer.hasNext else {
                    return desk.screen.write(JournalText.lines(of: rows, currency: answer.currency))
                }
                query.after = answer.next
            }
        }
    }
}
