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
    @Option(help: ArgumentHelp("Who paid, name or id; the client when left out.", valueName: "payer")) var payer:
        String?
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
        if let payer { command.payer = try await desk.payer(payer) }
        if let on { command.received = try TimeWords(today: try await desk.practice().today).date(on).description }
        if let reference { command.reference = reference }
        for text in invoices { command.allocate.append(try await desk.allocation(text)) }
        if keeps { command.keepAsCredit = true }
        try await desk.settle(command, client: command.client) { "Recorded: \($0.number), id \($0.id)" }
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
            abstract: "Pay an invoice with what is left of a payment, or of other credit.",
            discussion: "daybook payment use PAY-000012 INV-2026-000002 50.00")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number or id of the payment, credit note or opening balance.") var credit: String
        @Argument(help: "Number or id of the invoice.") var invoice: String
        @Argument(help: "How much; as much as fits when left out.") var amount: String?

        func run(at desk: Desk) async throws {
            let source = try await desk.credit(credit)
            let invoice = try await desk.invoice(invoice)
            let part = try await amount.asyncMap(desk.amount)
            guard source.kind == "payment" else {
                var command = ApplyCredit()
                command.creditNote = source.id
                command.invoice = invoice
                if let part { command.amount = part }
                return try await desk.settle(command, "Used", client: source.account.client)
            }
            var command = AllocatePayment()
            command.payment = source.id
            command.invoice = invoice
            if let part { command.amount = part }
            try await desk.settle(command, client: source.account.client) { "Used: allocation \($0.id)" }
        }
    }

    struct Undo: Verb {
        static let configuration = CommandConfiguration(abstract: "Undo an allocation: the amount is credit again.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id, as daybook explain balance has it.") var allocation: UInt64

        func run(at desk: Desk) async throws {
            try await desk.settle(ReverseAllocation.with { $0.allocation = allocation }) { _ in "Undone" }
        }
    }

    struct Reverse: Verb {
        static let configuration = CommandConfiguration(
            abstract: "A payment bounced, was charged back, or never came; what it paid is open again.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its number or id.") var payment: String
        @Option(help: "bounced, chargeback or error.") var reason: String

        func run(at desk: Desk) async throws {
            var command = ReversePayment()
            command.reason = try EnumWord.value(reason, "reason")
            let source = try await desk.payment(payment)
            command.payment = source.id
            try await desk.settle(
                command, "Reversed: \(source.number), \(source.amount.shown)", client: source.account.client)
        }
    }
}

struct Refund: Verb {
    static let configuration = CommandConfiguration(
        abstract: "Give free credit back. Why is asked for, or read from standard input.")

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Number or id of the payment, credit note or opening balance it is from.") var from: String
    @Argument(help: "How much; all that is free of it when left out.") var amount: String?
    @Option(help: ArgumentHelp("The payment's own when left out.", valueName: "method")) var by: String?

    func run(at desk: Desk) async throws {
        let source = try await desk.credit(from)
        var command = IssueRefund()
        if source.kind == "payment" { command.payment = source.id } else { command.creditNote = source.id }
        if let amount { command.amount = try await desk.amount(amount) }
        if let by { command.method = try EnumWord.value(by, "method") }
        command.reason = try PrivateText.read("Why")
        try await desk.settle(command, client: source.account.client) { "Refunded: \($0.number), id \($0.id)" }
    }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ body: (Wrapped) async throws -> Result) async throws -> Result? {
        guard let self else { return nil }
        return try await body(self)
    }
}
