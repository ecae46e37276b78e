import LMDBKit
import Ledger
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@testable import BalancesProjection

/// The ledger, and where every cent comes from.
@Suite struct BooksOfAccountTests {
    private let book: CashBook

    init() throws { book = try CashBook() }

    /// An invoice with tax, part of it paid, and a credit note.
    private func live() throws {
        let charge = try book.charge(10_000, taxed: true)
        let invoice = try book.draft(charge)
        try book.issue(invoice)
        let payment = try book.payment(12_000)
        _ = try book.allocate(payment, to: invoice, 10_900)
        _ = try book.creditNote(invoice, 500)
    }

    @Test func `the trial balance has every account and sums to nothing`() throws {
        try live()
        let answer = try book.harness.ask(TrialBalance())
        #expect(
            answer.rows.map { "\($0.account) \($0.balance.minor)" } == [
                "Assets:Clearing:Card 12000", "Assets:Receivable:Clients 0", "Income:Services -9500",
                "Liabilities:Client-Credit -1600", "Liabilities:Tax:GST -900",
            ])
        #expect(answer.sum.minor == 0)
    }

    @Test func `the journal has a transaction for each event that moves money, by the numbers of its documents`() throws
    {
        try live()
        let answer = try book.harness.ask(Journal())
        #expect(
            answer.rows.map { "\($0.date) (\($0.number)) \($0.title)" } == [
                "2026-01-01 (INV-2026-000001) Invoice issued", "2026-01-04 (PAY-000002) Payment recorded",
                "2026-01-04 (PAY-000002) Payment allocated INV-2026-000001",
                "2026-01-05 (CN-2026-000003) Credit note issued INV-2026-000001",
            ])
        #expect(answer.rows.allSatisfy { $0.postings.reduce(0) { $0 + $1.amount.minor } == 0 })
        let first = try book.harness.ask(Journal.with { $0.limit = 1 })
        #expect(first.rows.count == 1 && first.next == answer.rows[0].position)
        let rest = try book.harness.ask(
            Journal.with {
                $0.after = first.next
                $0.until = answer.rows[2].position
            })
        #expect(rest.rows == Array(answer.rows[1...2]) && !rest.hasNext)
    }

    @Test func `each cent of a balance leads to its event`() throws {
        try live()
        let rows = try book.harness.ask(ExplainBalance.with { $0.client = CashBook.cleo }).rows
        #expect(
            rows.map(\.told) == [
                "ChargePosted 0 0 10900 0", "InvoiceIssued 10900 0 -10900 0", "PaymentRecorded 0 12000 0 0",
                "PaymentAllocated -10900 -10900 0 0", "CreditNoteIssued 0 500 0 0",
            ])
        var open: Int64 = 0
        var credit: Int64 = 0
        for row in rows {
            open += row.open.minor
            credit += row.credit.minor
            #expect(row.openAfter.minor == open && row.creditAfter.minor == credit)
        }
        #expect(try book.balances()[0].told == [open, credit, 0, 0])
        // By the clock of New York it is still the year before when the charge is posted.
        #expect(rows[0].date == "2025-12-31" && rows[1].date == "2026-01-01")
    }

    @Test func `an explanation is read in pages that part no event`() throws {
        _ = try book.invoice(100, payer: CashBook.payer)
        _ = try book.invoice(200, payer: CashBook.payer)
        let whole = try book.harness.ask(ExplainBalance.with { $0.client = CashBook.cleo }).rows
        #expect(whole.count == 6)
        for limit in 1...7 {
            var question = ExplainBalance.with {
                $0.client = CashBook.cleo
                $0.limit = UInt32(limit)
            }
            var seen: [BalanceEntryRow] = []
            for _ in 0..<10 {
                let answer = try book.harness.ask(question)
                seen += answer.rows
                guard answer.hasNext else { break }
                question.after = answer.next
            }
            #expect(seen == whole)
        }
    }

    /// Each a way in which the rows could be wrong, and what is then found.
    static let damages: [(word: String, damage: @Sendable (BalancesView, ViewWriter) throws -> Void)] = [
        ("B9: open", { view, writer in try writer.update(view.accounts, Pair(CashBook.cleo, 0)) { $0.issued += 1 } }),
        ("B9: credit", { view, writer in try writer.update(view.accounts, Pair(CashBook.cleo, 0)) { $0.paid += 1 } }),
        (
            "B10: uninvoiced",
            { view, writer in try writer.update(view.accounts, Pair(CashBook.cleo, 0)) { $0.uninvoiced += 1 } }
        ),
        (
            "INV-LEDG-01",
            { view, writer in try writer.update(view.trial, "USD Income:Services") { $0.minor += 1 } }
        ),
        (
            "INV-LEDG-04",
            { view, writer in
                try writer.update(view.trial, "USD Income:Services") { $0.minor += 1 }
                try writer.update(view.trial, "USD Liabilities:Client-Credit") { $0.minor -= 1 }
            }
        ),
        (
            "not found by its date",
            { view, writer in
                for (key, _) in try writer.rows(view.openItems, prefix: CashBook.cleo) {
                    try writer.delete(view.openItems, key)
                }
            }
        ),
        (
            "not explained by its events",
            { view, writer in
                let last = try writer.rows(view.entries, prefix: CashBook.cleo).last
                if let last { try writer.delete(view.entries, last.key) }
            }
        ),
        (
            "INV-PAY-02",
            { view, writer in
                for (key, row) in try writer.rows(view.credits, prefix: [UInt8]()) {
                    var row = row
                    row.used = row.amount + 1
                    try writer.put(view.credits, key, row)
                }
            }
        ),
        (
            "INV-PAY-03",
            { view, writer in
                for (key, row) in try writer.rows(view.invoices, prefix: [UInt8]()) {
                    var row = row
                    row.allocated = row.total + 1
                    try writer.put(view.invoices, key, row)
                }
            }
        ),
    ]

    @Test(arguments: damages.indices) func `books that do not agree with themselves are found out`(_ index: Int) throws
    {
        try live()
        _ = try book.invoice(700)
        let (word, damage) = Self.damages[index]
        #expect(try book.faults().isEmpty)
        try book.harness.change(damage)
        let faults = try book.faults()
        #expect(faults.contains { $0.contains(word) }, "\(faults)")
    }
}
