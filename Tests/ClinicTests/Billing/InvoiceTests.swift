import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct InvoiceTests {
    private let till: Till

    init() throws { till = try Till() }

    @Test func `numbers are gapless in their year, and drafts have none`() throws {
        var numbers: [String] = []
        for index in 0..<3 {
            let draft = try till.draft(try till.charge(100))
            if index == 1 {
                // Thrown away, so that no number is lost.
                try till.story.given(DiscardInvoiceDraft.with { $0.invoice = draft }, by: till.cast.desk)
                continue
            }
            #expect(try till.refused(IssueInvoice.with { $0.invoice = draft }, by: till.cast.desk) == .notPermitted)
            numbers.append(try till.issue(draft).accepted().reply.number)
        }
        try till.story.goTo("2026-12-31T23:59")
        numbers.append(try till.issue(try till.draft(try till.charge(100))).accepted().reply.number)
        try till.story.goTo("2027-01-01T00:00")
        numbers.append(try till.issue(try till.draft(try till.charge(100))).accepted().reply.number)
        #expect(numbers == ["INV-2026-000001", "INV-2026-000002", "INV-2026-000003", "INV-2027-000001"])
    }

    @Test func `an invoice's total is the sum of its lines, each taxed on its own`() throws {
        try till.story.given(
            DefineTaxCode.with {
                $0.code = "GST"
                $0.basisPoints = 825
                $0.effectiveFrom = "2026-01-01"
            }, by: till.biller)
        let charges = try (0..<3).map { _ in try till.charge(333) { $0.taxCode = "GST" } }
        let (_, session) = try till.session("2026-01-06T10:00")
        let draft = try till.draft(session, charges[0], charges[1], charges[2])
        let outcome = try till.issue(draft)
        let event = try outcome.event(InvoiceIssued.self)
        #expect(event.lines.map(\.charge) == charges + [session])
        #expect(event.lines.map(\.tax.minor) == [27, 27, 27, 0])
        #expect(event.lines.map(\.description_p) == ["Report", "Report", "Report", "Professional services, 50 min"])
        #expect((event.net.minor, event.tax.minor, event.total.minor) == (12_999, 81, 13_080))
        #expect(event.lines.allSatisfy { $0.gross.minor == $0.net.minor + $0.tax.minor })
        #expect((event.issuedOn, event.dueOn) == ("2026-01-06", "2026-01-20"))
        #expect(outcome.reply.id == draft && outcome.reply.number == "INV-2026-000001")
    }

    @Test func `an invoice is due after the payer's days, or on the day that is named`() throws {
        let byPayer = try till.issue(try till.draft(try till.charge(100), payer: try till.payer()))
        #expect(try byPayer.event(InvoiceIssued.self).dueOn == "2026-02-04")
        let draft = try till.draft(try till.charge(100))
        #expect(try till.issue(draft) { $0.due = "2026-01-04" }.refused == Refused("INV-BILL-14", "due"))
        #expect(try till.issue(draft) { $0.due = "2028-01-06" }.refused == .malformed("due"))
        #expect(try till.issue(draft) { $0.due = "soon" }.refused == .malformed("due"))
        #expect(try till.issue(draft) { $0.due = "2026-01-05" }.event(InvoiceIssued.self).dueOn == "2026-01-05")
    }

    @Test func `a charge is on one live invoice, and drafts take all that is left`() throws {
        let (first, second) = (try till.charge(100), try till.charge(200))
        let draft = try till.draft(first)
        let again = DraftInvoice.with {
            $0.client = till.cast.cleo
            $0.charges = [second, first]
        }
        let refusal = try till.story.when(again, by: till.biller).refusal
        #expect(refusal?.rule == "INV-BILL-06" && refusal?.facts.field == "charges[1]")
        #expect(refusal?.facts.involved == [draft])
        let rest = DraftInvoice.with { $0.client = till.cast.cleo }
        #expect(try till.story.when(rest, by: till.biller).event(InvoiceDrafted.self).charges == [second])
        #expect(try till.refused(rest) == .unchanged)
        try till.story.given(DiscardInvoiceDraft.with { $0.invoice = draft }, by: till.biller)
        #expect(try till.refused(DiscardInvoiceDraft.with { $0.invoice = draft }) == Refused("unchanged", "invoice"))
        #expect(try till.issue(draft).refused == Refused("unchanged", "invoice"))
        #expect(try till.story.when(rest, by: till.biller).event(InvoiceDrafted.self).charges == [first])
    }

    @Test func `an invoice has one client's charges and not too many`() throws {
        let (hers, his) = (try till.charge(100), try till.charge(100, client: till.cast.carl))
        func refused(_ charges: [UInt64]) throws -> Refused? {
            try till.refused(
                DraftInvoice.with {
                    $0.client = till.cast.cleo
                    $0.charges = charges
                })
        }
        #expect(try refused([hers, his]) == Refused("INV-PAY-05", "charges[1]"))
        #expect(try refused([hers, hers]) == .malformed("charges[1]"))
        #expect(try refused([till.cast.cleo]) == .notFound("charges[0]"))
        #expect(try refused(Array(1...301)) == .malformed("charges"))
        let large = [try till.charge(1_000_000_000_000), try till.charge(1)]
        #expect(try refused(large) == .malformed("charges"))
        for _ in 0..<299 { _ = try till.charge(1) }
        #expect(try till.refused(DraftInvoice.with { $0.client = till.cast.cleo }) == .malformed("charges"))
    }

    @Test func `the largest invoice there can be fits into its record, also when it is voided`() throws {
        try till.story.given(
            DefineTaxCode.with {
                $0.code = "GSTGSTGSTGST"
                $0.basisPoints = 2_000
                $0.effectiveFrom = "2026-01-01"
            }, by: till.biller)
        for _ in 0..<300 {
            _ = try till.charge(2_700_000_000) {
                $0.taxCode = "GSTGSTGSTGST"
                $0.discount = Till.dollars(100_000_000)
            }
        }
        let draft = try till.story.given(DraftInvoice.with { $0.client = till.cast.cleo }, by: till.biller)
        let issued = try till.issue(draft).event(InvoiceIssued.self)
        #expect(issued.lines.count == 300)
        #expect(try issued.serializedData().count < 56 * 1_024)
        let void = VoidInvoice.with {
            $0.invoice = draft
            $0.reason = String(repeating: "x", count: 500)
        }
        #expect(try till.refused(void) == nil)
    }

    @Test func `an invoice is voided in its month, and its charges are free again`() throws {
        let charge = try till.charge(100)
        let invoice = try till.draft(charge)
        let void = VoidInvoice.with {
            $0.invoice = invoice
            $0.reason = "Wrong client"
        }
        #expect(try till.refused(void) == Refused("INV-BILL-07", "invoice"))
        let issued = try till.issue(invoice).event(InvoiceIssued.self)
        #expect(try till.refused(VoidInvoice.with { $0.invoice = invoice }) == .malformed("reason"))
        #expect(try till.refused(void, by: till.cast.desk) == .notPermitted)
        try till.story.goTo("2026-01-31T23:59")
        let event = try till.story.when(void, by: till.biller).event(InvoiceVoided.self)
        #expect(event.lines == issued.lines && event.total == issued.total && event.voidedOn == "2026-01-31")
        #expect(try till.refused(void) == Refused("INV-BILL-05", "invoice"))
        #expect(try till.issue(invoice).refused == Refused("INV-BILL-05", "invoice"))
        let second = try till.draft(charge)
        #expect(try till.issue(second).accepted().reply.number == "INV-2026-000002")
        try till.story.goTo("2026-02-01T00:00")
        let late = VoidInvoice.with {
            $0.invoice = second
            $0.reason = "Wrong"
        }
        #expect(try till.refused(late) == Refused("INV-BILL-07", "invoice"))
    }

    @Test func `nothing is voided that was paid, credited or written off`() throws {
        func void(_ invoice: UInt64) -> VoidInvoice {
            .with {
                $0.invoice = invoice
                $0.reason = "Wrong"
            }
        }
        let paid = try till.invoice(500)
        let allocation = try till.story.when(till.payment(200), by: till.cast.desk).position(of: .paymentAllocated)
        #expect(try till.refused(void(paid)) == Refused("INV-BILL-07", "invoice"))
        try till.story.given(
            ReverseAllocation.with { $0.allocation = allocation }, by: till.cast.desk)
        #expect(try till.refused(void(paid)) == nil)
        let credited = try till.invoice(500)
        try till.story.given(
            IssueCreditNote.with {
                $0.invoice = credited
                $0.reason = "Too much"
                $0.lines = [
                    .with {
                        $0.line = 1
                        $0.amount = Till.dollars(1)
                    }
                ]
            }, by: till.biller)
        #expect(try till.refused(void(credited)) == Refused("INV-BILL-07", "invoice"))
        let lost = try till.invoice(500)
        let writeOff = try till.story.given(
            WriteOffBalance.with {
                $0.invoice = lost
                $0.reason = .courtesy
            }, by: till.biller)
        #expect(try till.refused(void(lost)) == Refused("INV-BILL-07", "invoice"))
        try till.story.given(ReverseWriteOff.with { $0.writeOff = writeOff }, by: till.biller)
        #expect(try till.refused(void(lost)) == nil)
    }

    @Test func `issuing may use what the account has as credit, the oldest first`() throws {
        let first = try till.pay(300)
        _ = try till.pay(200) { $0.keepAsCredit = true }
        let draft = try till.draft(try till.charge(400))
        let outcome = try till.issue(draft) { $0.useCredit = true }.accepted()
        #expect(outcome.types == [.invoiceIssued, .paymentAllocated, .paymentAllocated])
        let parts = outcome.recorded.compactMap { $0.event.message as? PaymentAllocated }
        #expect(parts.map(\.amount.minor) == [300, 100] && parts[0].payment == first)
        #expect(outcome.reply.allocated == Till.dollars(400) && outcome.reply.number == "INV-2026-000001")
        let plain = try till.issue(try till.draft(try till.charge(400))).accepted()
        #expect(plain.types == [.invoiceIssued])
    }

    @Test func `two who issue at once get two numbers, and the second of one draft is told`() throws {
        let drafts = [try till.draft(try till.charge(1)), try till.draft(try till.charge(2))]
        #expect(
            try drafts.map { try till.issue($0).accepted().reply.number } == ["INV-2026-000001", "INV-2026-000002"])
        #expect(try till.issue(drafts[0]).refused == Refused("INV-BILL-05", "invoice"))
        #expect(try till.issue(try till.draft(try till.charge(3))).accepted().reply.number == "INV-2026-000003")
    }
}
