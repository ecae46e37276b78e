import Schema
import Timetable

extension IssueRefund: Command {
    public static let permission = Permission.issueRefunds

    public func target(in state: borrowing ClinicState) throws -> Target {
        Target(client: try source(state).account.client)
    }

    /// INV-PAY-06: what is free of it and no more, back the way it came where that is possible.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let source = try source(state)
        try source.requireFree(rule: "INV-PAY-06")
        let part = try amount.part(hasAmount ? self.amount : nil, of: source.freeMinor, "amount") { available in
            Refusal.rule(
                "INV-PAY-06", "More than is free",
                source.isPayment
                    ? "\(available) of it is free. What is on an invoice must be taken off it first."
                    : "\(available) of it is free, and no more."
            )
            .with { $0.involved = [source.id] }
        }
        let done =
            source.state.hasInvoice ? try state.invoice(source.state.invoice).refunded : source.state.refunded
        try BillerLimit.require(
            part, after: done, rule: "INV-PAY-06", "refunds", amount, state, asked)
        var event = RefundIssued()
        event.account = source.account
        event.number = try state.next(.refund)
        if source.isPayment { event.payment = source.id } else { event.creditNote = source.id }
        event.amount = amount.money(part)
        event.method = try Choice.known(
            hasMethod ? method : nil, "method", usually: source.isPayment ? source.state.method : nil)
        event.refundedOn = try state.today(asked).description
        let reason = try BillingTexts.required(hasReason ? reason : nil, "reason", of: event.account.client)
        let subjects = [Subject(.refund, asked.next)] + source.account.subjects(source.state.kind, source.id)
        return [Draft(event, about: subjects, texts: [(\.reason, reason)])]
    }

    private func source(_ state: borrowing ClinicState) throws -> CreditInHand {
        guard hasPayment != hasCreditNote else {
            throw Refusal.field("payment", "Name what it is from: either `payment` or `creditNote`.")
        }
        return hasPayment ? try state.paymentInHand(payment) : try state.creditNoteInHand(creditNote)
    }
}
