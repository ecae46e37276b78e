import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct ServiceVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service", abstract: "The services and their prices.",
        subcommands: [List.self, Add.self, Show.self, PriceVerb.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "What can be booked.")
        @OptionGroup var global: GlobalOptions

        func run(at desk: Desk) async throws {
            try await desk.ask(ListServices()) { desk.lines(DirectoryViews.services($0.rows)) }
        }
    }

    struct Show: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "One service.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Code, part of the name, or the id.") var service: String

        func run(at desk: Desk) async throws {
            let id = try await desk.service(service)
            try await desk.askOne(ListServices(), id) {
                $0.rows.filter { $0.id == id }
            } show: { row in
                desk.lines(DirectoryViews.services([row]))
            }
        }
    }

    struct Add: Verb {
        static let configuration = CommandConfiguration(abstract: "Define a service.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its code, as IND50.") var code: String
        @Argument(help: "Its name.") var name: String
        @Option(help: "Its length.") var minutes: UInt32
        @Option(help: "Minutes kept free before it.") var before: UInt32?
        @Option(help: "Minutes kept free after it.") var after: UInt32?
        @Option(help: "in-person, online or phone; may be given more than once.") var how: [String] = []
        @Option(help: "Its CPT code.") var cpt: String?
        @Option(help: "People who need room; 2 when left out.") var people: UInt32?

        func run(at desk: Desk) async throws {
            var command = DefineService()
            command.code = code
            command.name = name
            command.minutes = minutes
            if let before { command.bufferBeforeMinutes = before }
            if let after { command.bufferAfterMinutes = after }
            command.modalities = try how.map(EnumWord.modality)
            if let cpt { command.cpt = cpt }
            if let people { command.people = people }
            try await desk.send(command) { ["Defined: \(name), id \($0.id)."] }
        }
    }

    struct PriceVerb: Verb {
        static let configuration = CommandConfiguration(
            commandName: "price", abstract: "Publish prices, in force from a date.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Each as IND50=120.00.") var prices: [String]
        @Option(help: ArgumentHelp("From when on; today when left out.", valueName: "date")) var from: String?
        @Option(help: "The practice's when left out.") var currency: String?

        func run(at desk: Desk) async throws {
            let practice = try await desk.practice()
            var command = PublishPriceList()
            command.effectiveFrom = try TimeWords(today: practice.today).date(from ?? "today").description
            for text in prices {
                let parts = text.split(separator: "=")
                guard parts.count == 2 else { throw UsageError("“\(text)” is no price. Write it as IND50=120.00.") }
                var price = Price()
                price.service = try await desk.service(String(parts[0]))
                price.amount = try Money(amount: String(parts[1]), currency: currency ?? practice.caller.currency)
                command.prices.append(price)
            }
            try await desk.send(command) { ReplyText.done("Published", $0) }
        }
    }
}

extension Money {
    /// Reads `120`, `120.5` or `120.00`, with as many decimals as the currency has.
    ///
    /// - Throws: `UsageError`.
    init(amount: String, currency: String) throws {
        do {
            self = try MoneyText.parse(amount, currency: currency)
        } catch {
            throw UsageError("“\(amount)” is no amount. \(error)")
        }
        guard minor >= 0 else { throw UsageError("“\(amount)” is less than nothing.") }
    }
}
