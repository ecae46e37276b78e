import Foundation
import ProjectionKit
import Schema
import SwiftProtobuf

@testable import Engine

/// What the balances answer, beside what the documents come to.
extension PlainAnswers {
    private var books: PlainBooks { clinic.books }

    func moneyProblems() async throws -> [String] {
        var found = differences(
            "the trial balance",
            try await ask(TrialBalance()).rows.filter { $0.balance.minor != 0 }.map {
                "\($0.account) \($0.balance.minor)"
            },
            books.ledger.filter { $0.value != 0 }.map { "\($0.key) \($0.value)" })
        let known = books.balances()
        for client in clinic.clients.filter({ !$0.value.isWithdrawn }).keys.sorted().suffix(asOfMs == nil ? 40 : 4) {
            let rows = try await ask(Balances.with { $0.client = client }).rows
            let empty = PlainBalance().words
            found += differences(
                "the balances of \(client)",
                rows.map { "\($0.account.words): \(PlainBalance.words($0))" }.filter { !$0.hasSuffix(empty) },
                known.filter { $0.key.client == client }.map { "\($0.key.words): \($0.value.words)" })
        }
        let today = PlainTime.local(nowMs, clinic.zone).day
        found += differences(
            "the ageing",
            try await ask(Ageing.with { $0.limit = 1_000 }).rows.map { "\($0.account.words) \($0.buckets)" },
            books.ageing(on: today).map { "\($0.key.words) \($0.value)" })
        return try await found + documentProblems()
    }

    private func documentProblems() async throws -> [String] {
        var found = differences(
            "the invoices",
            try await ask(ListInvoices.with { $0.limit = 1_000 }).rows.map {
                "\($0.id) \($0.number) \($0.standing) \($0.dueOn) \($0.total.minor) \($0.open.minor) \($0.charges)"
            },
            books.invoices.map {
                "\($0.key) \($0.value.number) \($0.value.standing) \($0.value.dueOn) "
                    + "\(books.totalMinor(of: $0.key)) \($0.value.openMinor) \($0.value.charges)"
            })
        found += differences(
            "the credits",
            try await ask(ListPayments.with { $0.limit = 1_000 }).rows.map {
                "\($0.id) \($0.number) \($0.amount.minor) \($0.used.minor) \($0.refunded.minor) \($0.reversed.minor)"
            },
            books.credits.map {
                "\($0.key) \($0.value.number) \($0.value.amount) \($0.value.used) \($0.value.refunded) \($0.value.reversed)"
            })
        let charges = ListCharges.with {
            $0.all = true
            $0.limit = 1_000
        }
        found += differences(
            "the charges",
            try await ask(charges).rows.map { "\($0.id) \($0.standing) \($0.gross.minor) \($0.invoice)" },
            books.charges.map { "\($0.key) \($0.value.standing) \($0.value.grossMinor) \($0.value.invoice ?? 0)" })
        var journal: [String: Int64] = [:]
        for row in try await ask(Journal.with { $0.limit = 1_000 }).rows {
            for posting in row.postings { journal[posting.account, default: 0] += posting.amount.minor }
            let sum = row.postings.reduce(0) { $0 + $1.amount.minor }
            if sum != 0 { found.append("INV-LEDG-01: \(row.position) sums to \(sum)") }
        }
        return found
            + differences(
                "the journal", journal.filter { $0.value != 0 }.map { "\($0.key) \($0.value)" },
                books.ledger.filter { $0.value != 0 }.map { "\($0.key) \($0.value)" })
    }
}
