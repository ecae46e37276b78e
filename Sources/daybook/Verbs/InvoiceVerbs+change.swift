import ArgumentParser
import DaybookClient
import Schema
import SwiftProtobuf
import Timetable

extension InvoiceVerbs {
    struct DraftVerb: Verb {
        static let configuration = CommandConfiguration(
            commandName: "draft", abstract: "Put charges of a client on an invoice that has no number yet.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Number, id, or part of a name.") var client: String
        @Argument(help: "Ids of charges; all but proposed fees when left out.") var charges: [UInt64] = []
        @Option(help: ArgumentHelp("Who is billed, name or id; the client when left out.", valueName: "payer"))
        var payer: String?

        func run(at desk: Desk) async throws {
            var command = DraftInvoice()
            command.client = try await desk.client(client)
            command.charges = charges
            if let payer { command.payer = try await desk.payer(payer) }
            try await desk.send(command) { ["Drafted: \($0.id). Issue it: daybook invoice issue \($0.id)"] }
        }
    }

    struct Discard: Verb {
        static let configuration = CommandConfiguration(abstract: "Throw away an invoice that was not issued.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id.") var invoice: UInt64

        func run(at desk: Desk) async throws {
            try await desk.send(DiscardInvoiceDraft.with { $0.invoice = invoice }) {
                ReplyText.done("Thrown away", $0)
            }
        }
    }

    struct Issue: Verb {
        static let configuration = CommandConfiguration(abstract: "Give a draft its number, for ever.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its id.") var invoice: UInt64
        @Option(help: ArgumentHelp("When it is due.", valueName: "date")) var due: String?
        @Flag(name: .customLong("use-credit"), help: "Pay it with what the account has as credit.") var usesCredit =
            false

        func run(at desk: Desk) async throws {
            var command = IssueInvoice()
            command.invoice = invoice
            if let due { command.due = try TimeWords(today: try await desk.practice().today).date(due).description }
            if usesCredit { command.useCredit = true }
            try await desk.settle(command) { "Issued: \($0.number)" }
        }
    }

    struct Undo: Verb {
        static let configuration = CommandConfiguration(
            commandName: "void",
            abstract: "Take back an invoice of this month that nothing was paid on. Why is asked for.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its number or id.") var invoice: String

        func run(at desk: Desk) async throws {
            var command = VoidInvoice()
            command.invoice = try await desk.invoice(invoice)
            command.reason = try PrivateText.read("Why")
            try await desk.send(command) { ReplyText.done("Void", $0) }
        }
    }

    struct Credit: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Credit an invoice, whole or in part. Why is asked for, or read from standard input.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its number or id.") var invoice: String
        @Argument(help: "Lines as 1, or 1=50.00 with tax; all of it when left out.") var lines: [String] = []

        func run(at desk: Desk) async throws {
            var command = IssueCreditNote()
            command.invoice = try await desk.invoice(invoice)
            for text in lines {
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard let line = UInt32(parts[0]), parts.last != "" else {
                    throw UsageError("“\(text)” is no line. Write it as 1, or 1=50.00.")
                }
                var request = CreditRequest()
                request.line = line
                if parts.count == 2 { request.amount = try await desk.amount(parts[1]) }
                command.lines.append(request)
            }
            command.reason = try PrivateText.read("Why")
            try await desk.settle(command) { "Credited: \($0.number), id \($0.id)" }
        }
    }

    struct WriteOff: Verb {
        static let configuration = CommandConfiguration(
            commandName: "write-off", abstract: "What is open on an invoice will not come.")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its number or id.") var invoice: String
        @Argument(help: "How much; all that is open when left out.") var amount: String?
        @Option(help: "bad-debt, small-balance, courtesy, contractual, bankruptcy or deceased.") var reason: String

        func run(at desk: Desk) async throws {
            var command = WriteOffBalance()
            command.reason = try EnumWord.value(reason, "reason")
            command.invoice = try await desk.invoice(invoice)
            if let amount { command.amount = try await desk.amount(amount) }
            try await desk.send(command) { ["Written off: \($0.number), id \($0.id)."] }
        }
    }
}
