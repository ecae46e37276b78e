import BalancesProjection
import Foundation
import Ledger
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

/// The balances beside the plain model, and what they export.
extension MoneyRun {
    /// What everybody owes and has, how old it is, and what is in every account of the ledger.
    func compare() throws {
        let books = clinic.books
        let trial = try balances.ask(TrialBalance())
        try same(
            "the trial balance",
            trial.rows.filter { $0.balance.minor != 0 }.map { "\($0.account) \($0.balance.minor)" },
            accounts.map { "\($0.key) \($0.value)" })
        guard trial.sum.minor == 0 else { throw Difference(description: "the trial balance sums to \(trial.sum)") }
        let known = Dictionary(grouping: books.balances()) { $0.key.client }
        for client in maker.clients {
            let rows = try balances.ask(Balances.with { $0.client = client }).rows
            let told = rows.map { "\($0.account.words): \(PlainBalance.words($0))" }
                .filter { !$0.hasSuffix(PlainBalance().words) }
            let wanted = (known[client] ?? []).map { "\($0.key.words): \($0.value.words)" }
            guard Set(told) == Set(wanted), told.count == wanted.count else {
                throw Difference(description: "balances of \(client): \(told) instead of \(wanted)")
            }
        }
        balances.nowMs = story.nowMs
        let ageing = try balances.ask(Ageing.with { $0.limit = 1_000 }).rows.map { "\($0.account.words) \($0.buckets)" }
        let today = PlainTime.local(story.nowMs, clinic.zone).day
        let wanted = books.ageing(on: today).map { "\($0.key.words) \($0.value)" }
        guard ageing.sorted() == wanted.sorted() else {
            throw Difference(description: "ageing: \(ageing) instead of \(wanted)")
        }
        let faults = try balances.read { try BalanceIdentity($0, in: $1).faults }
        guard faults.isEmpty else { throw Difference(description: "\(faults.prefix(5))") }
    }

    /// Every invoice, every credit and every charge there is.
    func compareDocuments() throws {
        let books = clinic.books
        var invoices = ListInvoices.with { $0.limit = 1_000 }
        var told: [String] = []
        repeat {
            let answer = try balances.ask(invoices)
            told += answer.rows.map { "\($0.id) \($0.number) \($0.standing) \($0.total.minor) \($0.open.minor)" }
            invoices.after = answer.next
        } while invoices.after != 0
        try same(
            "the invoices", told,
            books.invoices.map {
                "\($0.key) \($0.value.number) \($0.value.standing) \(books.totalMinor(of: $0.key)) \($0.value.openMinor)"
            })
        var credits = ListPayments.with { $0.limit = 1_000 }
        told = []
        repeat {
            let answer = try balances.ask(credits)
            told += answer.rows.map { "\($0.id) \($0.number) \($0.amount.minor) \($0.credit.minor)" }
            credits.after = answer.next
        } while credits.after != 0
        try same(
            "the credits", told,
            books.credits.map { "\($0.key) \($0.value.number) \($0.value.amount) \($0.value.freeMinor)" })
        var charges = ListCharges.with {
            $0.all = true
            $0.limit = 1_000
        }
        told = []
        repeat {
            let answer = try balances.ask(charges)
            told += answer.rows.map { "\($0.id) \($0.standing) \($0.invoice) \($0.gross.minor)" }
            charges.after = answer.next
        } while charges.after != 0
        try same(
            "the charges", told,
            books.charges.map {
                "\($0.key) \($0.value.standing) \($0.value.invoice ?? 0) \($0.value.grossMinor)"
            })
    }

    private func same(_ what: String, _ told: [String], _ known: [String]) throws {
        guard told.sorted() != known.sorted() else { return }
        let (more, fewer) = (Set(told).subtracting(known).sorted(), Set(known).subtracting(told).sorted())
        throw Difference(description: "\(what): told beyond what is known \(more), known and not told \(fewer)")
    }

    /// One cent comes in, of which the balances alone learn.
    func disturb() throws {
        let event = PaymentRecorded.with {
            $0.account.client = cast.cleo
            $0.number = "PAY-999999"
            $0.amount.minor = 1
            $0.amount.currency = "USD"
            $0.method = .cash
            $0.receivedOn = "2026-01-05"
        }
        try balances.record(.billing(.paymentRecorded(event)))
    }

    /// What `daybook ledger journal` writes.
    func journal() throws -> [String] {
        var question = Journal.with { $0.limit = 1_000 }
        var rows: [JournalRow] = []
        while true {
            let answer = try balances.ask(question)
            rows += answer.rows
            guard answer.hasNext else { return JournalText.lines(of: rows, currency: answer.currency) }
            question.after = answer.next
        }
    }

    /// What the plain model has in each account, as amounts are written, without those that are empty.
    var accounts: [String: Int64] { clinic.books.ledger.filter { $0.value != 0 } }
}
