import Schema
import Timetable

extension IssueCreditNote: Command {
    public static let permission = Permission.issueCreditNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(invoice: hasInvoice ? invoice : nil)
    }

    /// The credit goes to what is open on its invoice; the rest stays the account's.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let invoice = try state.invoiceInHand(hasInvoice ? invoice : nil)
        try invoice.requireIssued()
        let rows = try state.lines(ofInvoice: invoice.id)
        guard !rows.isEmpty else {
            throw Refusal.rule(
                "INV-BILL-08", "Not of these books",
                "\(invoice.state.number) was owed in the books before these and has no lines. What of it will not come can be "
                    + "written off."
            )
            .with { $0.field = "invoice" }
        }
        let today = try state.today(asked)
        var event = CreditNoteIssued()
        event.invoice = invoice.id
        event.account = invoice.account
        event.number = try state.next(.creditNote(year: today.year))
        event.issuedOn = today.description
        event.lines = lines.isEmpty ? everything(rows, amount) : try parts(rows, amount)
        let total = event.lines.reduce(0) { $0 + $1.gross.minor }
        guard total > 0 else {
            throw Refusal.rule(
                "INV-BILL-08", "Nothing to credit", "All of invoice \(invoice.state.number) was credited."
            )
            .with {
                $0.field = "invoice"
                $0.availableMinor = 0
            }
        }
        try requireNotWrittenOff(total, invoice, amount)
        event.total = amount.money(total)
        let reason = try BillingTexts.required(hasReason ? reason : nil, "reason", of: event.account.client)
        let note = Draft(
            event, about: [Subject(.creditNote, asked.next)] + invoice.subjects, texts: [(\.reason, reason)])
        let part = min(total, invoice.openMinor)
        guard part > 0 else { return [note] }
        let payable = Payable(invoice, on: event.issuedOn)
        return [note, payable.draft(from: asked.next, .creditNote, amount.money(part), at: asked.next + 1)]
    }

    /// INV-PAY-03: what was written off is not credited as well, or it would become money that nobody ever paid.
    private func requireNotWrittenOff(
        _ totalMinor: Int64, _ invoice: InvoiceInHand, _ amount: Amount
    ) throws(Refusal) {
        let state = invoice.state
        let leftMinor = max(0, state.total - state.creditNotes - state.writtenOff)
        guard totalMinor > leftMinor else { return }
        throw Refusal.rule(
            "INV-PAY-03", "Written off",
            "Of invoice \(state.number) \(amount.text(state.writtenOff)) was written off, so that "
                + "\(amount.text(leftMinor)) is left to credit. Reverse the write-off first to credit more."
        )
        .with {
            $0.field = lines.isEmpty ? "invoice" : "lines"
            $0.availableMinor = leftMinor
            $0.involved = [invoice.id]
        }
    }

    private func everything(_ rows: [InvoiceLineState], _ amount: Amount) -> [CreditLine] {
        rows.enumerated().filter { $0.element.leftMinor > 0 }.map { index, row in
            CreditLine(index, row, row.leftMinor, amount)
        }
    }

    /// INV-BILL-08: no more of a line than its gross, all credit notes together.
    private func parts(_ rows: [InvoiceLineState], _ amount: Amount) throws(Refusal) -> [CreditLine] {
        try Fields.requireCount(lines.count, "lines", max: InvoiceLimit.charges)
        try Fields.requireDistinct(lines.map(\.line), "lines")
        var credits: [CreditLine] = []
        for (index, request) in lines.enumerated() {
            let path = "lines[\(index)]"
            let number = try Fields.required(request.hasLine ? request.line : nil, "\(path).line", "the line's number")
            guard number >= 1, number <= rows.count else {
                throw .field("\(path).line", "The invoice has lines 1 to \(rows.count).")
            }
            let row = rows[Int(number) - 1]
            let part = try amount.part(
                request.hasAmount ? request.amount : nil, of: row.leftMinor, "\(path).amount"
            ) { available in
                Refusal.rule("INV-BILL-08", "More than the line", "Line \(number) has \(available) left to credit.")
            }
            guard part > 0 else {
                throw Refusal.rule("INV-BILL-08", "Nothing left", "Line \(number) has nothing left to credit.")
                    .with { $0.field = "\(path).line" }
            }
            credits.append(CreditLine(Int(number) - 1, row, part, amount))
        }
        return credits
    }
}

extension InvoiceLineState {
    /// What was not credited yet, gross.
    fileprivate var leftMinor: Int64 { line.gross.minor - credited }
}

extension CreditLine {
    /// Part of a line. Net and tax are what the line's own come to by largest remainder, so that credit notes for the
    /// whole line are exactly its net and its tax.
    fileprivate init(_ index: Int, _ row: InvoiceLineState, _ part: Int64, _ amount: Amount) {
        self.init()
        line = UInt32(index)
        kind = row.line.kind
        let weights = [row.line.net.minor, row.line.tax.minor]
        let before = Cents.split(row.credited, by: weights)
        let after = Cents.split(row.credited + part, by: weights)
        net = amount.money(after[0] - before[0])
        tax = amount.money(after[1] - before[1])
        gross = amount.money(part)
        if row.line.hasTaxCode { taxCode = row.line.taxCode }
    }
}
