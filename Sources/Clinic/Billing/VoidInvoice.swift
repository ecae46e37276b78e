import Schema
import Timetable

extension VoidInvoice: Command {
    public static let permission = Permission.issueInvoices

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(invoice: hasInvoice ? invoice : nil)
    }

    /// INV-BILL-07 and INV-LEDG-07. Its charges are free for another invoice; the number stays, as that of a void one.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let invoice = try state.invoiceInHand(hasInvoice ? invoice : nil)
        guard invoice.state.standing != .draft else {
            throw Refusal.rule("INV-BILL-07", "Not issued", "It has no number yet: discard the draft instead.")
                .with { $0.field = "invoice" }
        }
        try invoice.requireIssued()
        let today = try state.today(asked).description
        try require(invoice.state, today)
        var event = InvoiceVoided()
        event.invoice = invoice.id
        event.account = invoice.account
        event.voidedOn = today
        event.lines = try state.lines(ofInvoice: invoice.id).map(\.line)
        event.total = amount.money(invoice.state.total)
        let reason = try BillingTexts.required(hasReason ? reason : nil, "reason", of: event.account.client)
        return [Draft(event, about: invoice.subjects, texts: [(\.reason, reason)])]
    }

    private func require(_ invoice: InvoiceState, _ today: String) throws(Refusal) {
        guard !invoice.charges.isEmpty else {
            throw refusal("An opening balance is no invoice: write it off, or bring credit over.")
        }
        guard invoice.issuedOn.prefix(7) == today.prefix(7) else {
            throw refusal("It was issued in another month, on \(invoice.issuedOn). Issue a credit note instead.")
        }
        guard invoice.creditNotes == 0, invoice.credited == 0 else {
            throw refusal("It was credited. Credit the rest instead.")
        }
        guard invoice.allocated == 0 else { throw refusal("Money was allocated to it. Reverse its allocations first.") }
        guard invoice.writtenOff == 0 else { throw refusal("Part of it was written off. Reverse the write-off first.") }
    }

    private func refusal(_ detail: String) -> Refusal {
        Refusal.rule("INV-BILL-07", "Cannot be voided", detail).with { $0.field = "invoice" }
    }
}
