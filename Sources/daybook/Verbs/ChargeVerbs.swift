import ArgumentParser
import DaybookClient
import Schema
import Timetable

struct ChargeVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "charge", abstract: "What clients are charged.",
        subcommands: [List.self, Post.self, Adjust.self, Undo.self, Waive.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "What is on no issued invoice.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name; everybody when left out.") var client: String?
        @Flag(help: "Also those that are invoiced, credited, waived or void.") var all = false
        @Option(help: "Only after this id.") var after: UInt64?
        @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

        func run(at desk: Desk) async throws {
            var query = ListCharges()
            if let client { query.client = try await desk.client(client) }
            if all { query.all = true }
            if let after { query.after = after }
            if let limit { query.limit = limit }
            try await desk.ask(query) { answer in
                desk.lines(MoneyViews.charges(answer.rows)) + Desk.more(answer.hasNext ? answer.next : nil)
            }
        }
    }

    struct Post: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Charge a client for something that no session's end has charged.",
            discussion: "With a price of your own, what it is for is asked for, or read from standard input.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name.") var client: String
        @Argument(help: "The price of one; the service's own when left out.") var amount: String?
        @Option(help: ArgumentHelp("product, report, admin or session.", valueName: "kind")) var kind = "product"
        @Option(help: ArgumentHelp("The appointment it is for, by its id.", valueName: "id")) var appointment: UInt64?
        @Option(help: "Code, name, or part of it.") var service: String?
        @Option(help: ArgumentHelp("The appointment's day, or today, when left out.", valueName: "date")) var on:
            String?
        @Option(help: "1 when left out.") var quantity: UInt32?
        @Option(help: ArgumentHelp("Off the whole.", valueName: "amount")) var discount: String?
        @Option(name: .customLong("tax"), help: "The service's own when left out.") var taxCode: String?

        func run(at desk: Desk) async throws {
            var command = PostCharge()
            command.kind = try EnumWord.value(kind, "kind of charge")
            command.client = try await desk.client(client)
            if let amount { command.unit = try await desk.amount(amount) }
            if let appointment { command.appointment = appointment }
            if let service { command.service = try await desk.service(service) }
            if let on {
                command.serviceDate = try TimeWords(today: try await desk.practice().today).date(on).description
            }
            if let quantity { command.quantity = quantity }
            if let discount { command.discount = try await desk.amount(discount) }
            if let taxCode { command.taxCode = taxCode }
            if amount != nil || discount != nil { command.remark = try PrivateText.read("What it is for") }
            try await desk.send(command) { ["Charged: charge \($0.id)."] }
        }
    }

    struct Adjust: Verb {
        static let configuration = CommandConfiguration(
            abstract:
                "Change the amount of a charge that is on no invoice. Why is asked for, or read from standard input.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id.") var charge: UInt64
        @Option(help: ArgumentHelp("The price of one.", valueName: "amount")) var unit: String?
        @Option(help: "How many.") var quantity: UInt32?
        @Option(help: ArgumentHelp("Off the whole.", valueName: "amount")) var discount: String?

        func run(at desk: Desk) async throws {
            var command = AdjustCharge()
            command.charge = charge
            if let unit { command.unit = try await desk.amount(unit) }
            if let quantity { command.quantity = quantity }
            if let discount { command.discount = try await desk.amount(discount) }
            command.reason = try PrivateText.read("Why")
            try await desk.send(command) { ReplyText.done("Adjusted", $0) }
        }
    }

    struct Undo: Verb {
        static let configuration = CommandConfiguration(
            commandName: "void",
            abstract: "Take back a charge that is on no invoice. Why is asked for, or read from standard input.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id.") var charge: UInt64

        func run(at desk: Desk) async throws {
            var command = VoidCharge()
            command.charge = charge
            command.reason = try PrivateText.read("Why")
            try await desk.send(command) { ReplyText.done("Taken back", $0) }
        }
    }

    struct Waive: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Do not ask for a fee for a missed appointment. Why is asked for, or read from standard input.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id.") var charge: UInt64

        func run(at desk: Desk) async throws {
            var command = WaiveFee()
            command.charge = charge
            command.reason = try PrivateText.read("Why")
            try await desk.send(command) { ReplyText.done("Waived", $0) }
        }
    }
}
