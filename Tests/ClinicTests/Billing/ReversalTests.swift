import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct ReversalTests {
    private let till: Till

    init() throws { till = try Till() }

    private func reverse(_ payment: UInt64, _ reason: ReversalReason.Value = .bounced) -> ReversePayment {
        .with {
            $0.payment = payment
            $0.reason = reason
        }
    }

    private func refund(_ payment: UInt64, _ minor: Int64? = nil) -> IssueRefund {
        .with {
            $0.payment = payment
            $0.reason = "Paid twice"
            if let minor { $0.amount = Till.dollars(minor) }
        }
    }

    private func writeOff(_ invoice: UInt64, _ minor: Int64? = nil) -> WriteOffBalance {
        .with {
            $0.invoice = invoice
            $0.reason = .badDebt
            if let minor { $0.amount = Till.dollars(minor) }
        }
    }

    @Test func `a payment that bounced undoes its allocations, the last first`() throws {
        let (one, two) = (try till.invoice(300), try till.invoice(200))
        let paid = try till.story.when(till.payment(600), by: till.cast.desk).accepted()
        let outcome = try till.story.when(reverse(paid.reply.id), by: till.biller).accepted()
        #expect(outcome.types == [.allocationReversed, .allocationReversed, .paymentReversed])
        let undone = outcome.recorded.compactMap { $0.event.message as? AllocationReversed }
        #expect(undone.map(\.invoice) == [two, one])
        let event = try outcome.event(PaymentReversed.self)
        #expect(event.amount == Till.dollars(600) && event.method == .transfer && event.reason == .bounced)
        #expect(try till.refused(reverse(paid.reply.id)) == Refused("unchanged", "payment"))
        #expect(try till.refused(refund(paid.reply.id)) == Refused("INV-PAY-06", "payment"))
        let again = try till.story.when(till.payment(500), by: till.cast.desk).accepted()
        #expect(again.reply.changed == [one, two])
    }

    @Test func `of a payment that was partly refunded only what is left is reversed`() throws {
        let payment = try till.pay(500)
        try till.story.given(refund(payment, 200), by: till.biller)
        let outcome = try till.story.when(reverse(payment, .chargeback), by: till.biller)
        #expect(try outcome.event(PaymentReversed.self).amount == Till.dollars(300))
        let refunded = try till.pay(500)
        try till.story.given(refund(refunded), by: till.biller)
        #expect(try till.refused(reverse(refunded)) == Refused("INV-PAY-02", "payment"))
        #expect(try till.refused(reverse(till.cast.cleo)) == .notFound("payment"))
        #expect(try till.refused(ReversePayment.with { $0.payment = try till.pay(1) }) == .malformed("reason"))
        #expect(try till.refused(reverse(try till.pay(1)), by: till.cast.desk) == .notPermitted)
    }

    @Test func `what is free goes back, the way it came unless told`() throws {
        let invoice = try till.invoice(300)
        let payment = try till.pay(500)
        let refusal = try till.story.when(refund(payment, 201), by: till.biller).refusal
        #expect(refusal?.rule == "INV-PAY-06" && refusal?.facts.availableMinor == 200)
        let outcome = try till.story.when(refund(payment, 150), by: till.biller)
        let event = try outcome.event(RefundIssued.self)
        #expect(event.method == .transfer && event.amount == Till.dollars(150) && outcome.reply.number == "RFD-000001")
        var cash = refund(payment)
        cash.method = .cash
        let rest = try till.story.when(cash, by: till.biller).event(RefundIssued.self)
        #expect(rest.method == .cash && rest.amount == Till.dollars(50) && rest.number == "RFD-000002")
        #expect(try till.refused(refund(payment)) == Refused("INV-PAY-06", "payment"))
        let note = try till.story.given(
            IssueCreditNote.with {
                $0.invoice = invoice
                $0.reason = "Not held"
            }, by: till.biller)
        var credit = IssueRefund.with {
            $0.creditNote = note
            $0.reason = "Not held"
        }
        #expect(try till.refused(credit) == .malformed("method"))
        credit.method = .cheque
        #expect(try till.story.when(credit, by: till.biller).event(RefundIssued.self).creditNote == note)
        credit.payment = payment
        #expect(try till.refused(credit) == .malformed("payment"))
        #expect(try till.refused(IssueRefund()) == .malformed("payment"))
    }

    @Test func `a biller refunds and writes off up to a limit, in one step or in several`() throws {
        let payment = try till.pay(50_000)
        #expect(try till.refused(refund(payment, 10_001)) == Refused("INV-PAY-06", "amount"))
        #expect(try till.refused(refund(payment, 9_000)) == nil)
        #expect(try till.refused(refund(payment, 1_001)) == Refused("INV-PAY-06", "amount"))
        #expect(try till.refused(refund(payment, 1_000)) == nil)
        #expect(try till.refused(refund(payment, 20_000), by: till.cast.manager) == nil)
        let invoice = try till.invoice(90_000)
        // The rest of the payment was credit all along.
        #expect(try till.refused(writeOff(invoice, 10_001)) == Refused("INV-BILL-17", "amount"))
        #expect(try till.refused(writeOff(invoice, 10_000)) == nil)
        #expect(try till.refused(writeOff(invoice, 1)) == Refused("INV-BILL-17", "amount"))
        #expect(try till.refused(writeOff(invoice, 1), by: till.cast.owner) == nil)
        #expect(try till.refused(writeOff(invoice), by: till.cast.desk) == .notPermitted)
    }

    @Test func `not more is written off than is open, and it can be taken back once`() throws {
        let invoice = try till.invoice(300)
        _ = try till.pay(100)
        #expect(try till.refused(writeOff(invoice, 201)) == Refused("INV-BILL-17", "amount"))
        let outcome = try till.story.when(writeOff(invoice), by: till.biller)
        #expect(try outcome.event(WriteOffRecorded.self).amount == Till.dollars(200))
        #expect(outcome.reply.number == "WO-000001")
        #expect(try till.refused(writeOff(invoice)) == Refused("INV-PAY-03", "invoice"))
        let back = ReverseWriteOff.with { $0.writeOff = outcome.reply.id }
        let event = try till.story.when(back, by: till.biller).event(WriteOffReversed.self)
        #expect(event.amount == Till.dollars(200) && event.reason == .badDebt && event.invoice == invoice)
        #expect(try till.refused(back) == Refused("unchanged", "writeOff"))
        #expect(try till.refused(ReverseWriteOff.with { $0.writeOff = invoice }) == .notFound("writeOff"))
        #expect(try till.refused(WriteOffBalance.with { $0.invoice = invoice }) == .malformed("reason"))
        #expect(try till.refused(writeOff(try till.draft(try till.charge(1)))) == Refused("INV-BILL-04", "invoice"))
    }

    @Test func `what was owed before is paid as an invoice is, and what was credit is used`() throws {
        func imported(_ minor: Int64, _ number: String) throws -> UInt64 {
            try till.story.given(
                OpeningBalanceImported.with {
                    $0.account.client = till.cast.cleo
                    $0.number = number
                    $0.asOf = "2025-12-31"
                    $0.amount = Till.dollars(minor)
                }, about: [Subject(.openingBalance, till.story.next), Subject(.client, till.cast.cleo)])
        }
        let owed = try imported(500, "OB-000001")
        let credit = try imported(-300, "OB-000002")
        let invoice = try till.invoice(400)
        let paid = try till.story.when(till.payment(600), by: till.cast.desk).accepted()
        #expect(paid.reply.changed == [owed, invoice])
        let apply = ApplyCredit.with {
            $0.creditNote = credit
            $0.invoice = invoice
        }
        #expect(try till.story.when(apply, by: till.biller).event(CreditApplied.self).amount == Till.dollars(300))
        func void(_ id: UInt64) -> VoidInvoice {
            .with {
                $0.invoice = id
                $0.reason = "Wrong"
            }
        }
        #expect(try till.refused(void(owed)) == Refused("INV-BILL-07", "invoice"))
        let note = IssueCreditNote.with {
            $0.invoice = owed
            $0.reason = "Wrong"
        }
        #expect(try till.refused(note) == Refused("INV-BILL-08", "invoice"))
    }

    @Test func `a biller's limit holds for all credit notes of one invoice together`() throws {
        let invoice = try till.invoice(50_000)
        _ = try till.pay(50_000)
        var refused: [Refused?] = []
        for _ in 1...2 {
            let credited = try till.story.when(
                IssueCreditNote.with {
                    $0.invoice = invoice
                    $0.reason = "Not as agreed"
                    $0.lines = [
                        .with {
                            $0.line = 1
                            $0.amount = Till.dollars(9_000)
                        }
                    ]
                }, by: till.biller
            ).accepted()
            refused.append(
                try till.refused(
                    IssueRefund.with {
                        $0.creditNote = credited.reply.id
                        $0.method = .transfer
                        $0.reason = "Paid before"
                    }))
        }
        #expect(refused == [nil, Refused("INV-PAY-06", "amount")])
    }
}
