import ArgumentParser
import DaybookClient
import Schema
import SwiftProtobuf
import Timetable

struct Pay: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Record money that came in. It pays the oldest due first, unless told otherwise.",
        discussion: "daybook pay C-000041 120.00 --by card --for INV-2026-000001")

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Number, id, or part of a name.") var client: String
    @Argument(help: "How much.") var amount: String
    @Option(help: ArgumentHelp("cash, card, cheque, transfer, direct-debit or other.", valueName: "method")) var by:
        String
    @Option(help: ArgumentHelp("Who paid, by its id; the client when left out.", valueName: "id")) var payer: String?
    @Option(help: ArgumentHelp("When it came in; today when left out.", valueName: "date")) var on: String?
    @Option(help: "Of the bank or processor; never a card's number.") var reference: String?
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "An invoice, as its number or NUMBER=AMOUNT; may be given more than once.", valueName: "invoice"))
    var invoices: [String] = []
    @Flag(name: .customLong("keep"), help: "Pay nothing with it: keep all of it as credit.") var keeps = false

    func run(at desk: Desk) async throws {
        var command = RecordPayment()
        command.method = try EnumWord.value(by, "method")
        command.client = try await desk.client(client)
        command.amount = try await desk.amount(amount)
        if let payer { command.payer = try desk.payer(payer) }
        if let on { command.received = try TimeWords(today: try await desk.practice().today).date(on).description }
        if let reference { command.reference = reference }
        for text in invoices { command.allocate.append(try await desk.allocation(text)) }
        if keeps { command.keepAsCredit = true }
        try await desk.send(command) { MoneyWords.lines("Recorded: \($0.number), id \($0.id)", $0) }
    }
}

struct PaymentVerbs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payment", abstract: "What came in, and what it paid.",
        subcommands: [List.self, Use.self, Undo.self, Reverse.self], defaultSubcommand: List.self)

    struct List: ReadingVerb {
        static let configuration = CommandConfiguration(abstract: "Payments, credit notes and other credit, by id.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name; everybody when left out.") var client: String?
        @Flag(help: "Only those of which something is left.") var credit = false
        @Option(help: "Only after this id.") var after: UInt64?
        @Option(help: "How many at most; 100 when left out.") var limit: UInt32?

        func run(at desk: Desk) async throws {
            var query = ListPayments()
            if let client { query.client = try await desk.client(client) }
            if credit { query.credit = true }
            if let after { query.after = after }
            if let limit { query.limit = limit }
            try await desk.ask(query) { answer in
                desk.lines(MoneyViews.payments(answer.rows)) + Desk.more(answer.hasNext ? answer.next : nil)
            }
        }
    }

    struct Use: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Pay an invoice with what is left of a payment, or with --credit-note of one.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Id of the payment or credit note.") var payment: UInt64
        @Argument(help: "Number or id of the invoice.") var invoice: String
        @Argument(help: "How much; as much as fits when left out.") var amount: String?
        @Flag(name: .customLong("credit-note"), help: "It is a credit note, or credit of the books before these.")
        var isNote = false

        func run(at desk: Desk) async throws {
            let invoice = try await desk.invoice(invoice)
            let part = try await amount.asyncMap(desk.amount)
            if isNote {
                var command = ApplyCredit()
                command.creditNote = payment
                command.invoice = invoice
                if let part { command.amount = part }
                return try await desk.send(command) { MoneyWords.lines("Used", $0) }
            }
            var command = AllocatePayment()
            command.payment = payment
            command.invoice = invoice
            if let part { command.amount = part }
            try await desk.send(command) { MoneyWords.lines("Used: allocation \($0.id)", $0) }
        }
    }

    struct Undo: Verb {
        static let configuration = CommandConfiguration(abstract: "Undo an allocation: the amount is credit again.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id, as daybook explain balance has it.") var allocation: UInt64

        func run(at desk: Desk) async throws {
            try await desk.send(ReverseAllocation.with { $0.allocation = allocation }) { ReplyText.done("Undone", $0) }
        }
    }

    struct Reverse: Verb {
        static let configuration = CommandConfiguration(
            abstract: "A payment bounced, was charged back, or never came; what it paid is open again.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id.") var payment: UInt64
        @Option(help: "bounced, chargeback or error.") var reason: String

        func run(at desk: Desk) async throws {
            var command = ReversePayment()
            command.payment = payment
            command.reason = try EnumWord.value(reason, "reason")
            try await desk.send(command) { ReplyText.done("Reversed", $0, changed: "Open again: invoice") }
        }
    }
}

struct Refund: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Give free credit back. Why is asked for, or read from standard input.")

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Id of the payment or credit note it is from.") var from: UInt64
    @Argument(help: "How much; all that is free of it when left out.") var amount: String?
    @Option(help: ArgumentHelp("The payment's own when left out.", valueName: "method")) var by: String?
    @Flag(name: .customLong("credit-note"), help: "It is a credit note, or credit of the books before these.")
    var isNote = false

    func run(at desk: Desk) async throws {
        var command = IssueRefund()
        if isNote { command.creditNote = from } else { command.payment = from }
        if let amount { command.amount = try await desk.amount(amount) }
        if let by { command.method = try EnumWord.value(by, "method") }
        command.reason = try PrivateText.read("Why")
        try await desk.send(command) { ["Refunded: \($0.number), id \($0.id)."] }
    }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ body: (Wrapped) async throws -> Result) async throws -> Result? {
        guard let self else { return nil }
        return try await body(self)
    }
}
