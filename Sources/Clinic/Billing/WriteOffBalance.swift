import Schema
import Timetable

extension WriteOffBalance: Command {
    public static let permission = Permission.writeOff

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(invoice: hasInvoice ? invoice : nil)
    }

    /// INV-BILL-17: not more than is open.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let invoice = try state.invoiceInHand(hasInvoice ? invoice : nil)
        try invoice.requireIssued()
        try invoice.requireOpen()
        let part = try amount.part(hasAmount ? self.amount : nil, of: invoice.openMinor, "amount") { available in
            Refusal.rule(
                "INV-BILL-17", "More than is open",
                "Invoice \(invoice.state.number) has \(available) open, and no more."
            )
        }
        try BillerLimit.require(
            part, after: invoice.state.writtenOff, rule: "INV-BILL-17", "writes off", amount, state, asked)
        var event = WriteOffRecorded()
        event.invoice = invoice.id
        event.account = invoice.account
        event.number = try state.next(.writeOff)
        event.amount = amount.money(part)
        event.reason = try Choice.known(hasReason ? reason : nil, "reason")
        event.writtenOffOn = try state.today(asked).description
        let note = try BillingTexts.optional(hasNote ? note : nil, "note", of: event.account.client)
        return [
            Draft(event, about: [Subject(.writeOff, asked.next)] + invoice.subjects, texts: [(\.note, note)])
        ]
    }
}
