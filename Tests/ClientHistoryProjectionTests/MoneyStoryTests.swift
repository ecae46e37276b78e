import ClientHistoryProjection
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct MoneyStoryTests {
    private let clinic: StoryClinic
    private let account = Account.with {
        $0.client = StoryClinic.first
        $0.payer = 70
    }

    init() throws { clinic = try StoryClinic() }

    private func told(_ event: BillingEvent) throws -> [String] {
        try clinic.harness.record(.billing(event))
        return try clinic.last()?.told ?? []
    }

    private func dollars(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = "USD"
        }
    }

    @Test func `a charge is in its client's story, with its remark sealed for billing`() throws {
        let position = try clinic.harness.record(
            .billing(
                .chargePosted(
                    .with {
                        $0.client = StoryClinic.first
                        $0.kind = .noShow
                        $0.appointment = StoryClinic.appointment
                        $0.staff = 1
                        $0.serviceDate = "2026-03-01"
                        $0.line.net = dollars(6_000)
                        $0.proposed = true
                        $0.remark = sealedField(5)
                    })))
        let row = try #require(try clinic.last())
        #expect(
            row.told == [
                "kind=no_show", "appointment=4", "staff=1", "serviceDate=2026-03-01", "amount=60.00 USD",
                "proposed=true",
            ])
        #expect(row.subject == position)
        #expect(row.places == ["remark \(position).0 of 2, billing"])
        #expect(try clinic.last(StoryClinic.second)?.position != position)
    }

    @Test func `what becomes of a charge is about the charge, with the reason`() throws {
        let events: [BillingEvent] = [
            .chargeAdjusted(
                .with {
                    $0.charge = 9
                    $0.client = StoryClinic.first
                    $0.line.net = dollars(1)
                    $0.reason = sealedField(5)
                }),
            .chargeVoided(
                .with {
                    $0.charge = 9
                    $0.client = StoryClinic.first
                    $0.reason = sealedField(5)
                }),
            .feeWaived(
                .with {
                    $0.charge = 9
                    $0.client = StoryClinic.first
                    $0.reason = sealedField(5)
                }),
        ]
        for event in events {
            let position = try clinic.harness.record(.billing(event))
            let row = try #require(try clinic.last())
            #expect(row.subject == 9 && row.places == ["reason \(position).0 of 2, billing"])
        }
    }

    @Test func `invoices are told with their numbers and totals, whoever pays`() throws {
        let drafted = InvoiceDrafted.with {
            $0.account = account
            $0.charges = [9, 10]
        }
        #expect(try told(.invoiceDrafted(drafted)) == ["payer=70", "charge=9", "charge=10"])
        let issued = InvoiceIssued.with {
            $0.invoice = 11
            $0.account = account
            $0.number = "INV-2026-000001"
            $0.dueOn = "2026-03-20"
            $0.tax = dollars(5)
            $0.total = dollars(105)
        }
        #expect(
            try told(.invoiceIssued(issued)) == [
                "payer=70", "number=INV-2026-000001", "dueOn=2026-03-20", "total=1.05 USD", "tax=0.05 USD",
            ])
        #expect(try clinic.last()?.subject == 11)
        #expect(
            try told(
                .invoiceVoided(
                    .with {
                        $0.account = account
                        $0.total = dollars(105)
                    })) == ["payer=70", "total=1.05 USD"])
        let note = CreditNoteIssued.with {
            $0.invoice = 11
            $0.account = account
            $0.number = "CN-2026-000001"
            $0.total = dollars(5)
        }
        #expect(
            try told(.creditNoteIssued(note)) == ["payer=70", "number=CN-2026-000001", "invoice=11", "total=0.05 USD"])
        #expect(try told(.invoiceDraftDiscarded(.with { $0.account = account })) == ["payer=70"])
    }

    @Test func `payments are told with what they paid, and by which way they came`() throws {
        let recorded = PaymentRecorded.with {
            $0.account.client = StoryClinic.first
            $0.number = "PAY-000001"
            $0.amount = dollars(12_000)
            $0.method = .directDebit
            $0.receivedOn = "2026-03-02"
        }
        #expect(
            try told(.paymentRecorded(recorded)) == [
                "number=PAY-000001", "amount=120.00 USD", "method=direct_debit", "receivedOn=2026-03-02",
            ])
        let allocated = PaymentAllocated.with {
            $0.payment = 20
            $0.invoice = 11
            $0.account.client = StoryClinic.first
            $0.amount = dollars(500)
        }
        #expect(try told(.paymentAllocated(allocated)) == ["invoice=11", "amount=5.00 USD"])
        #expect(try clinic.last()?.subject == 20)
        let reversed = PaymentReversed.with {
            $0.payment = 20
            $0.account.client = StoryClinic.first
            $0.amount = dollars(500)
            $0.reason = .bounced
        }
        #expect(try told(.paymentReversed(reversed)) == ["amount=5.00 USD", "reason=bounced"])
        let refund = RefundIssued.with {
            $0.account.client = StoryClinic.first
            $0.number = "RFD-000001"
            $0.payment = 20
            $0.amount = dollars(1)
            $0.method = .cash
        }
        #expect(
            try told(.refundIssued(refund)) == ["number=RFD-000001", "payment=20", "amount=0.01 USD", "method=cash"])
    }

    @Test func `a write-off has its reason for everybody and its note for whoever may see money`() throws {
        let position = try clinic.harness.record(
            .billing(
                .writeOffRecorded(
                    .with {
                        $0.invoice = 11
                        $0.account.client = StoryClinic.first
                        $0.number = "WO-000001"
                        $0.amount = dollars(700)
                        $0.reason = .badDebt
                        $0.note = sealedField(5)
                    })))
        let row = try #require(try clinic.last())
        #expect(row.told == ["number=WO-000001", "invoice=11", "amount=7.00 USD", "reason=bad_debt"])
        #expect(row.places == ["note \(position).0 of 2, billing"])
    }

    @Test func `tax codes and payers are nobody's story`() throws {
        let before = try clinic.story(StoryClinic.first)
        try clinic.harness.record(.billing(.taxCodeDefined(.with { $0.code = "GST" })))
        try clinic.harness.record(.billing(.payerDefined(.with { $0.name = "Fund" })))
        #expect(try clinic.story(StoryClinic.first) == before)
    }
}
