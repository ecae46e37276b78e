import BalancesProjection
import Schema
import SwiftProtobuf
import TestKit
import Testing

/// What an account owes and has after each kind of event. `CashBook` looks at the identity after every one.
@Suite struct BalanceTests {
    private let book: CashBook

    init() throws { book = try CashBook() }

    private func own() throws -> [Int64] { try book.balances()[0].told }

    @Test func `a charge owes nothing until it is invoiced, and stands apart with its tax`() throws {
        #expect(try own() == [0, 0, 0, 0])
        let charge = try book.charge(10_000, taxed: true)
        #expect(try own() == [0, 0, 10_900, 0])
        let draft = try book.draft(charge)
        #expect(try own() == [0, 0, 10_900, 0])
        try book.issue(draft)
        #expect(try own() == [10_900, 0, 0, 0])
        try book.void(draft)
        #expect(try own() == [0, 0, 10_900, 0])
    }

    @Test func `a fee is proposed until somebody names it in a draft, or waives it`() throws {
        let fee = try book.charge(4_000, proposed: true)
        #expect(try own() == [0, 0, 0, 4_000])
        let draft = try book.draft(fee)
        #expect(try own() == [0, 0, 4_000, 0])
        try book.record(
            .invoiceDraftDiscarded(
                .with {
                    $0.invoice = draft
                    $0.account = CashBook.account()
                }))
        #expect(try own() == [0, 0, 0, 4_000])
        try book.record(
            .feeWaived(
                .with {
                    $0.charge = fee
                    $0.client = CashBook.cleo
                }))
        #expect(try own() == [0, 0, 0, 0])
    }

    @Test func `a charge that was adjusted or taken back counts as it is now`() throws {
        let charge = try book.charge(10_000)
        try book.record(
            .chargeAdjusted(
                .with {
                    $0.charge = charge
                    $0.client = CashBook.cleo
                    $0.line.net = CashBook.dollars(7_500)
                }))
        #expect(try own() == [0, 0, 7_500, 0])
        try book.record(
            .chargeVoided(
                .with {
                    $0.charge = charge
                    $0.client = CashBook.cleo
                }))
        #expect(try own() == [0, 0, 0, 0])
    }

    @Test func `what is paid beyond what is open is credit, and goes back by a refund`() throws {
        let invoice = try book.invoice(10_000)
        let payment = try book.payment(12_000)
        #expect(try own() == [10_000, 12_000, 0, 0])
        let allocation = try book.allocate(payment, to: invoice, 10_000)
        #expect(try own() == [0, 2_000, 0, 0])
        try book.record(
            .refundIssued(
                .with {
                    $0.account = CashBook.account()
                    $0.number = "RFD-000001"
                    $0.payment = payment
                    $0.amount = CashBook.dollars(2_000)
                    $0.method = .card
                    $0.refundedOn = "2026-01-05"
                }))
        #expect(try own() == [0, 0, 0, 0])
        try book.record(
            .allocationReversed(
                .with {
                    $0.allocation = allocation
                    $0.payment = payment
                    $0.invoice = invoice
                    $0.account = CashBook.account()
                    $0.amount = CashBook.dollars(10_000)
                    $0.reversedOn = "2026-01-06"
                }))
        #expect(try own() == [10_000, 10_000, 0, 0])
        try book.record(
            .paymentReversed(
                .with {
                    $0.payment = payment
                    $0.account = CashBook.account()
                    $0.amount = CashBook.dollars(10_000)
                    $0.method = .card
                    $0.reason = .bounced
                    $0.reversedOn = "2026-01-06"
                }))
        let row = try book.balances()[0]
        #expect(row.told == [10_000, 0, 0, 0])
        #expect(row.paid.minor == 2_000 && row.refunded.minor == 2_000 && row.allocated.minor == 0)
    }

    @Test func `open is issued less credited, written off and allocated`() throws {
        let invoice = try book.invoice(10_000)
        let note = try book.creditNote(invoice, 3_000)
        #expect(try own() == [10_000, 3_000, 0, 0])
        try book.record(
            .creditApplied(
                .with {
                    $0.creditNote = note
                    $0.invoice = invoice
                    $0.account = CashBook.account()
                    $0.amount = CashBook.dollars(3_000)
                    $0.appliedOn = "2026-01-05"
                }))
        let writeOff = try book.record(
            .writeOffRecorded(
                .with {
                    $0.invoice = invoice
                    $0.account = CashBook.account()
                    $0.number = "WO-000001"
                    $0.amount = CashBook.dollars(1_000)
                    $0.reason = .courtesy
                    $0.writtenOffOn = "2026-01-05"
                }))
        _ = try book.allocate(try book.payment(2_500), to: invoice, 2_500)
        let row = try book.balances()[0]
        #expect(row.told == [3_500, 0, 0, 0])
        #expect(row.issued.minor == 10_000 && row.credited.minor == 3_000 && row.allocated.minor == 2_500)
        #expect(row.writtenOff.minor == 1_000 && row.creditNotes.minor == 3_000)
        try book.record(
            .writeOffReversed(
                .with {
                    $0.writeOff = writeOff
                    $0.invoice = invoice
                    $0.account = CashBook.account()
                    $0.amount = CashBook.dollars(1_000)
                    $0.reason = .courtesy
                    $0.reversedOn = "2026-01-06"
                }))
        #expect(try own() == [4_500, 0, 0, 0])
    }

    @Test func `a payer's money is another account than the client's own`() throws {
        let invoice = try book.invoice(10_000, payer: CashBook.payer)
        _ = try book.allocate(
            try book.payment(4_000, payer: CashBook.payer), to: invoice, 4_000, payer: CashBook.payer)
        _ = try book.payment(500)
        let rows = try book.balances()
        #expect(rows.map(\.told) == [[0, 500, 0, 0], [6_000, 0, 0, 0]])
        #expect(rows.map(\.account.payerName) == ["", "County Fund"])
        #expect(!rows[0].account.hasPayer && rows[1].account.payer == CashBook.payer)
        #expect(try book.balances(CashBook.carl).map(\.told) == [[0, 0, 0, 0]])
    }

    @Test func `of the books before these there are open items and credit`() throws {
        let owed = try book.opening(5_000)
        let credit = try book.opening(-2_000)
        #expect(try own() == [5_000, 2_000, 0, 0])
        try book.record(
            .creditApplied(
                .with {
                    $0.creditNote = credit
                    $0.invoice = owed
                    $0.account = CashBook.account()
                    $0.amount = CashBook.dollars(2_000)
                    $0.appliedOn = "2026-01-05"
                }))
        #expect(try own() == [3_000, 0, 0, 0])
        let row = try #require(try book.harness.ask(ListInvoices.with { $0.client = CashBook.cleo }).rows.first)
        #expect(row.id == owed && row.number == "OB-000001" && row.dueOn == "2025-12-31" && row.open.minor == 3_000)
    }

    @Test(arguments: [0, 404, UInt64.max]) func `an id that is no client's is refused as missing`(id: UInt64) throws {
        for ask in [
            { _ = try book.balances(id) },
            { _ = try book.harness.ask(ExplainBalance.with { $0.client = id }) },
            { _ = try book.harness.ask(ListCharges.with { $0.client = id }) },
            { _ = try book.harness.ask(ListInvoices.with { $0.client = id }) },
            { _ = try book.harness.ask(ListPayments.with { $0.client = id }) },
        ] as [() throws -> Void] {
            let refusal = #expect(throws: Refusal.self) { try ask() }
            #expect(refusal?.status == 404 && refusal?.facts.field == "client")
        }
    }

    @Test func `an event about what was never founded stops the projector`() throws {
        #expect(throws: (any Error).self) { try book.allocate(404, to: 405, 1) }
        #expect(throws: (any Error).self) { try book.record(.chargeVoided(.with { $0.charge = 404 })) }
    }
}
