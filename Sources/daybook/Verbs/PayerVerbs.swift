import ArgumentParser
import DaybookClient
import Schema

struct PayerVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payer", abstract: "The organisations that are billed for clients.",
        subcommands: [List.self, Add.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "All of them, by id.")
        @OptionGroup var global: GlobalOptions

        func run(at desk: Desk) async throws {
            try await desk.ask(ListPayers()) { desk.lines(MoneyViews.payers($0.rows)) }
        }
    }

    struct Add: Verb {
        static let configuration = CommandConfiguration(abstract: "Define an organisation that is billed for clients.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "What it is called.") var name: String
        @Option(help: "Where its invoices go to.") var address: String?
        @Option(name: .customLong("due-days"), help: "From issue to due; 30 when left out.") var dueDays: UInt32?
        @Flag(name: .customLong("missed"), help: "May be charged for missed appointments.") var missedAllowed = false

        func run(at desk: Desk) async throws {
            var command = DefinePayer()
            command.name = name
            if let address { command.address = address }
            if let dueDays { command.dueDays = dueDays }
            if missedAllowed { command.missedAllowed = true }
            try await desk.send(command) { ["Defined: payer \($0.id)."] }
        }
    }
}
