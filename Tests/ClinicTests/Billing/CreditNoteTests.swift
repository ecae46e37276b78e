import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct CreditNoteTests {
    private let till: Till

    init() throws { till = try Till() }

    /// A line over 333 net at 8.25 %, which is 27 of tax.
    private func taxed() throws -> (invoice: UInt64, charge: UInt64) {
        try till.story.given(
            DefineTaxCode.with {
                $0.code = "GST"
                $0.basisPoints = 825
                $0.effectiveFrom = "2026-01-01"
            }, by: till.biller)
        let charge = try till.charge(333) { $0.taxCode = "GST" }
        return (try till.issue(try till.draft(charge)).accepted().reply.id, charge)
    }

    private func note(_ invoice: UInt64, _ parts: (UInt32, Int64?)...) -> IssueCreditNote {
        .with {
            $0.invoice = invoice
            $0.reason = "Not as agreed"
            $0.lines = parts.map { line, minor in
                .with {
                    $0.line = line
                    if let minor { $0.amount = Till.dollars(minor) }
                }
            }
        }
    }

    @Test func `credit notes for a whole line are exactly its net and its tax`() throws {
        let (invoice, _) = try taxed()
        var net: Int64 = 0
        var tax: Int64 = 0
        for minor in [6, 6, 6, 6, 6, 330] as [Int64] {
            let event = try till.story.when(note(invoice, (1, minor)), by: till.biller).event(CreditNoteIssued.self)
            #expect(event.lines[0].net.minor + event.lines[0].tax.minor == minor && event.lines[0].taxCode == "GST")
            #expect(event.lines[0].net.minor >= 0 && event.lines[0].tax.minor >= 0)
            net += event.lines[0].net.minor
            tax += event.lines[0].tax.minor
        }
        #expect((net, tax) == (333, 27))
        #expect(try till.refused(note(invoice)) == Refused("INV-BILL-08", "invoice"))
    }

    @Test func `no more of a line is credited than its gross`() throws {
        let (invoice, _) = try taxed()
        #expect(try till.refused(note(invoice, (1, 361))) == Refused("INV-BILL-08", "lines[0].amount"))
        try till.story.given(note(invoice, (1, 300)), by: till.biller)
        let refusal = try till.story.when(note(invoice, (1, 61)), by: till.biller).refusal
        #expect(refusal?.rule == "INV-BILL-08" && refusal?.facts.availableMinor == 60)
        #expect(try till.refused(note(invoice, (1, 0))) == Refused("INV-PAY-01", "lines[0].amount.minor"))
        #expect(try till.refused(note(invoice, (0, 1))) == .malformed("lines[0].line"))
        #expect(try till.refused(note(invoice, (2, 1))) == .malformed("lines[0].line"))
        #expect(try till.refused(note(invoice, (1, 1), (1, 2))) == .malformed("lines[1]"))
        let rest = try till.story.when(note(invoice, (1, nil)), by: till.biller).event(CreditNoteIssued.self)
        #expect(rest.total == Till.dollars(60))
        #expect(try till.refused(note(invoice, (1, nil))) == Refused("INV-BILL-08", "lines[0].line"))
    }

    @Test func `credit goes to what is open, and the rest stays the account's`() throws {
        let invoice = try till.invoice(1_000)
        _ = try till.pay(700)
        let outcome = try till.story.when(note(invoice), by: till.biller).accepted()
        #expect(outcome.types == [.creditNoteIssued, .creditApplied])
        #expect(outcome.reply.number == "CN-2026-000001" && outcome.reply.id == outcome.recorded[0].position)
        #expect(try outcome.event(CreditApplied.self).amount == Till.dollars(300))
        #expect(outcome.reply.allocated == Till.dollars(300))
        let second = try till.invoice(500)
        var apply = ApplyCredit.with {
            $0.creditNote = outcome.reply.id
            $0.invoice = second
            $0.amount = Till.dollars(501)
        }
        #expect(try till.refused(apply) == Refused("INV-PAY-03", "amount"))
        apply.amount = Till.dollars(100)
        #expect(try till.refused(apply) == nil)
        apply.clearAmount()
        #expect(try till.story.when(apply, by: till.biller).event(CreditApplied.self).amount == Till.dollars(400))
        #expect(try till.refused(apply) == Refused("INV-PAY-03", "invoice"))
        apply.invoice = try till.invoice(5_000)
        #expect(try till.story.when(apply, by: till.biller).event(CreditApplied.self).amount == Till.dollars(200))
        #expect(try till.refused(apply) == Refused("INV-PAY-02", "creditNote"))
    }

    @Test func `a charge that was credited is not invoiced again`() throws {
        let (invoice, charge) = try taxed()
        try till.story.given(note(invoice), by: till.biller)
        let again = DraftInvoice.with {
            $0.client = till.cast.cleo
            $0.charges = [charge]
        }
        #expect(try till.refused(again) == Refused("INV-BILL-05", "charges[0]"))
        #expect(try till.refused(DraftInvoice.with { $0.client = till.cast.cleo }) == .unchanged)
    }

    @Test func `a session that was credited to its whole can be charged anew`() throws {
        let (appointment, charge) = try till.session("2026-01-06T10:00")
        let invoice = try till.issue(try till.draft(charge)).accepted().reply.id
        try till.story.given(note(invoice, (1, 1)), by: till.biller)
        let again = PostCharge.with { $0.appointment = appointment }
        #expect(try till.refused(again) == Refused("INV-BILL-06", "appointment"))
        try till.story.given(note(invoice), by: till.biller)
        #expect(try till.refused(again) == nil)
        #expect(try till.refused(again) == Refused("INV-BILL-06", "appointment"))
    }

    @Test func `what is credited was issued, and there is a reason`() throws {
        let draft = try till.draft(try till.charge(100))
        #expect(try till.refused(note(draft)) == Refused("INV-BILL-04", "invoice"))
        #expect(try till.refused(note(till.cast.cleo)) == .notFound("invoice"))
        _ = try till.issue(draft).accepted()
        #expect(try till.refused(IssueCreditNote.with { $0.invoice = draft }) == .malformed("reason"))
        #expect(try till.refused(note(draft), by: till.cast.desk) == .notPermitted)
        #expect(try till.refused(note(draft), by: till.cast.manager) == nil)
    }

    @Test func `a payment is no credit note, nor a credit note a payment`() throws {
        let payment = try till.pay(100)
        let invoice = try till.invoice(100)
        let apply = ApplyCredit.with {
            $0.creditNote = payment
            $0.invoice = invoice
        }
        #expect(try till.refused(apply) == .notFound("creditNote"))
        _ = try till.pay(100)
        let credit = try till.story.given(note(invoice), by: till.biller)
        let allocate = AllocatePayment.with {
            $0.payment = credit
            $0.invoice = invoice
        }
        #expect(try till.refused(allocate) == .notFound("payment"))
    }

    @Test func `what was written off is not credited as well, and becomes nobody's money`() throws {
        let invoice = try till.invoice(1_000)
        let writeOff = try till.story.given(
            WriteOffBalance.with {
                $0.invoice = invoice
                $0.amount = Till.dollars(400)
                $0.reason = .badDebt
            }, by: till.biller)
        #expect(try till.refused(note(invoice)) == Refused("INV-PAY-03", "invoice"))
        let refusal = try till.story.when(note(invoice, (1, 601)), by: till.biller).refusal
        #expect(refusal?.rule == "INV-PAY-03" && refusal?.facts.availableMinor == 600)
        let credited = try till.story.when(note(invoice, (1, 600)), by: till.biller).accepted()
        let refund = IssueRefund.with {
            $0.creditNote = credited.reply.id
            $0.method = .cash
            $0.reason = "Asked for"
        }
        #expect(try till.refused(refund) == Refused("INV-PAY-06", "creditNote"))
        #expect(try till.refused(note(invoice)) == Refused("INV-PAY-03", "invoice"))
        try till.story.given(ReverseWriteOff.with { $0.writeOff = writeOff }, by: till.biller)
        #expect(
            try till.story.when(note(invoice), by: till.biller).event(CreditNoteIssued.self).total == Till.dollars(400))
    }

    /// A session for nothing, and its charge.
    private func givenAway() throws -> (appointment: UInt64, charge: UInt64) {
        let session = try till.session("2026-01-06T10:00")
        try till.story.given(
            AdjustCharge.with {
                $0.charge = session.charge
                $0.unit = Till.dollars(0)
                $0.reason = "Pro bono"
            }, by: till.biller)
        return session
    }

    @Test func `lines of nothing go with an invoice that is credited to its whole`() throws {
        let (appointment, charge) = try givenAway()
        let invoice = try till.issue(try till.draft(charge, try till.charge(500))).accepted().reply.id
        let again = PostCharge.with { $0.appointment = appointment }
        // Nobody can credit nothing, and nobody owes it: a session that was given away can be charged after all.
        #expect(try till.refused(again) == nil)
        #expect(try till.refused(again) == Refused("INV-BILL-06", "appointment"))
        try till.story.given(note(invoice), by: till.biller)
        let draft = DraftInvoice.with {
            $0.client = till.cast.cleo
            $0.charges = [charge]
        }
        #expect(try till.refused(draft) == Refused("INV-BILL-05", "charges[0]"))
    }

    @Test func `an appointment whose session was invoiced at nothing can be entered in error`() throws {
        let (appointment, charge) = try givenAway()
        _ = try till.issue(try till.draft(charge)).accepted()
        let mistake = MarkEnteredInError.with {
            $0.appointment = appointment
            $0.reason = "Another client"
        }
        #expect(try till.story.when(mistake, by: till.cast.manager).types == [.appointmentMarkedEnteredInError])
    }

    @Test func `what a credit note has left is put on its invoice before that is written off`() throws {
        let invoice = try till.invoice(1_000)
        let payment = try till.pay(1_000)
        let credited = try till.story.given(note(invoice), by: till.biller)
        try till.story.given(
            ReversePayment.with {
                $0.payment = payment
                $0.reason = .bounced
            }, by: till.biller)
        let writeOff = WriteOffBalance.with {
            $0.invoice = invoice
            $0.reason = .badDebt
        }
        #expect(try till.refused(writeOff) == Refused("INV-PAY-03", "invoice"))
        try till.story.given(
            IssueRefund.with {
                $0.creditNote = credited
                $0.amount = Till.dollars(400)
                $0.method = .cash
                $0.reason = "Asked for"
            }, by: till.biller)
        #expect(try till.refused(writeOff) == Refused("INV-PAY-03", "invoice"))
        try till.story.given(
            ApplyCredit.with {
                $0.creditNote = credited
                $0.invoice = invoice
            }, by: till.biller)
        // What was handed out is lost.
        #expect(try till.story.when(writeOff, by: till.biller).event(WriteOffRecorded.self).amount == Till.dollars(400))
    }
}
