import LMDBKit
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
        try requireNotCredited(part, invoice, amount, state)
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

    /// INV-PAY-03: what its own credit notes have left is put on it before anything of it is given up, or it would become
    /// money that nobody ever paid.
    private func requireNotCredited(
        _ partMinor: Int64, _ invoice: InvoiceInHand, _ amount: Amount, _ state: borrowing ClinicState
    ) throws {
        let notes = try state.freeCreditNotes(ofInvoice: invoice.id, invoice.account)
        let leftMinor = max(0, invoice.openMinor - notes.reduce(0) { $0 + $1.freeMinor })
        guard partMinor > leftMinor, let first = notes.first else { return }
        throw Refusal.rule(
            "INV-PAY-03", "It was credited",
            "Of its credit notes \(amount.text(notes.reduce(0) { $0 + $1.freeMinor })) is left, so that "
                + "\(amount.text(leftMinor)) is to be written off. Put that on the invoice first: daybook do ApplyCredit"
        )
        .with {
            $0.field = hasAmount ? "amount" : "invoice"
            $0.availableMinor = leftMinor
            $0.involved = [first.id]
        }
    }
}

extension ClinicState {
    /// The credit notes of an invoice that have something left.
    fileprivate borrowing func freeCreditNotes(
        ofInvoice id: UInt64, _ account: Account
    ) throws -> [CreditInHand] {
        var ids: [UInt64] = []
        try tables.billing.freeCredits.scan(prefix: account.tableKey, in: transaction) { _, row in
            ids.append(row.id)
            return .next
        }
        var notes: [CreditInHand] = []
        for each in ids {
            let state = try credit(each)
            if state.hasInvoice, state.invoice == id { notes.append(CreditInHand(id: each, state: state)) }
        }
        return notes
    }
}
