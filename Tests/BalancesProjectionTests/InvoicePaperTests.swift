import BalancesProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

/// What an invoice and a credit note say on paper, and the documents of the books before these.
@Suite struct InvoicePaperTests {
    private let book: CashBook

    init() throws { book = try CashBook() }

    @Test func `an invoice is addressed to the client as they were on file when it was issued`() throws {
        let before = try book.draft(try book.charge(10_000))
        try book.issue(before)
        try book.harness.record(
            .clients(
                .clientDetailsUpdated(
                    .with {
                        $0.client = CashBook.cleo
                        $0.familyName = sealedField(30)
                        $0.address = sealedField(31)
                    })))
        let after = try book.draft(try book.charge(10_000))
        try book.issue(after)
        let old = try book.harness.ask(ShowInvoice.with { $0.invoice = before }).paper
        let new = try book.harness.ask(ShowInvoice.with { $0.invoice = after }).paper
        #expect(old.clientGivenName == new.clientGivenName && old.hasClientGivenName)
        #expect(old.clientFamilyName != new.clientFamilyName && !old.hasClientAddress && new.hasClientAddress)
        let unseen = try book.harness.ask(ShowInvoice.with { $0.invoice = after }) { permission, _ in
            permission != .viewDemographics
        }.paper
        #expect(!unseen.hasClientGivenName && !unseen.hasClientAddress && unseen.lines == new.lines)
    }

    @Test func `the rate of a line's day is told, with what exempts from it`() throws {
        for (code, date, exemption) in [
            ("GST", "2025-01-01", "old"), ("GST", "2026-01-01", "in force"), ("GST", "2026-02-01", "to come"),
            ("GST-X", "2026-01-01", "another"),
        ] {
            try book.record(
                .taxCodeDefined(
                    .with {
                        $0.code = code
                        $0.basisPoints = 900
                        $0.effectiveFrom = date
                        $0.exemption = exemption
                    }))
        }
        let invoice = try book.draft(try book.charge(10_000, taxed: true), try book.charge(500, taxed: true))
        try book.issue(invoice)
        let paper = try book.harness.ask(ShowInvoice.with { $0.invoice = invoice }).paper
        #expect(paper.taxes.map(\.exemption) == ["in force"])
    }

    @Test func `a rate that is defined anew changes no invoice, and no charge that was posted`() throws {
        func define(_ basisPoints: UInt32, _ exemption: String) throws {
            try book.record(
                .taxCodeDefined(
                    .with {
                        $0.code = "GST"
                        $0.basisPoints = basisPoints
                        $0.effectiveFrom = "2026-01-01"
                        $0.exemption = exemption
                    }))
        }
        try define(900, "as charged")
        let issued = try book.draft(try book.charge(10_000, taxed: true))
        try book.issue(issued)
        let charged = try book.charge(500, taxed: true)
        try define(0, "as changed")
        let later = try book.draft(charged, try book.charge(700, taxed: true))
        try book.issue(later)
        func told(_ invoice: UInt64) throws -> [String] {
            try book.harness.ask(ShowInvoice.with { $0.invoice = invoice }).paper.taxes.map(\.exemption)
        }
        #expect(try told(issued) == ["as charged"])
        #expect(try told(later) == ["as changed", "as charged"])
    }

    @Test func `a credit note is found by its number, with its invoice and what became of it`() throws {
        let invoice = try book.invoice(10_000)
        let note = try book.creditNote(invoice, 4_000)
        let row = try #require(
            try book.harness.ask(ShowInvoice.with { $0.invoice = invoice }).creditNotes.first)
        #expect(row.id == note && row.lines.map(\.gross.minor) == [4_000] && row.credit.minor == 4_000)
        let answer = try book.harness.ask(ShowInvoice.with { $0.number = row.number })
        #expect(answer.row.id == invoice && answer.creditNotes == [row])
        let listed = try book.harness.ask(ListPayments.with { $0.number = row.number }).rows
        #expect(listed.map(\.id) == [note] && listed.map(\.kind) == ["credit_note"])
    }

    @Test func `one payment is found by its id or number, and by nothing else`() throws {
        let payment = try book.payment(100)
        let number = try #require(try book.harness.ask(ListPayments.with { $0.id = payment }).rows.first).number
        #expect(try book.harness.ask(ListPayments.with { $0.number = number }).rows.map(\.id) == [payment])
        let wrong: [ListPayments] = [
            .with { $0.id = 404 }, .with { $0.number = "PAY-999999" },
            .with { $0.number = String(repeating: "9", count: 1_000) },
            .with {
                $0.number = number
                $0.id = payment + 1
            },
            .with {
                $0.id = payment
                $0.client = CashBook.carl
            },
        ]
        for question in wrong { #expect(try book.harness.ask(question).rows.isEmpty, "\(question)") }
    }

    @Test func `organisations that pay are listed, and named where they paid`() throws {
        #expect(try book.harness.ask(ListPayers()).rows.map(\.name) == ["County Fund"])
        _ = try book.invoice(100, payer: CashBook.payer)
        let rows = try book.harness.ask(ExplainBalance.with { $0.client = CashBook.cleo }).rows
        #expect(rows.last?.payerName == "County Fund" && rows.first?.hasPayerName == false)
    }

    @Test func `an opening balance that is taken back is owed no more, and neither is its credit there`() throws {
        let before = try book.balances().first?.told
        for minor in [5_000, -3_000, 0] as [Int64] {
            let id = try book.opening(minor)
            #expect(try (book.balances().first?.told == before) == (minor == 0))
            try book.record(
                .openingBalanceWithdrawn(
                    .with {
                        $0.openingBalance = id
                        $0.account = CashBook.account()
                        $0.amount = CashBook.dollars(minor)
                        $0.withdrawnOn = "2026-01-05"
                    }))
            #expect(try book.balances().first?.told == before)
        }
        #expect(try book.harness.ask(TrialBalance()).rows.allSatisfy { $0.balance.minor == 0 })
        #expect(try book.harness.ask(ListInvoices.with { $0.open = true }).rows.isEmpty)
        #expect(try book.harness.ask(ListPayments.with { $0.credit = true }).rows.isEmpty)
    }
}
