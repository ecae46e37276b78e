import Schema
import Timetable

extension RecordPayment: Command {
    public static let permission = Permission.recordPayments

    public func target(in state: borrowing ClinicState) throws -> Target { Target(client: hasClient ? client : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let account = try state.account(client: hasClient ? client : nil, payer: hasPayer ? payer : nil)
        guard hasAmount else { throw Refusal.field("amount", "`amount` is missing: how much came in.") }
        var event = PaymentRecorded()
        event.account = account
        event.number = try state.next(.payment)
        event.amount = amount.money(try amount.positive(self.amount, "amount"))
        try BooksLimit.require(event.amount.minor, state, field: "amount.minor")
        event.method = try Choice.known(hasMethod ? method : nil, "method")
        let today = try state.today(asked)
        let date = hasReceived ? try Fields.date(received, "received") : today
        try BillingDate.requirePast(date, "received", today: today)
        event.receivedOn = date.description
        event.reference = try PaymentReference.read(hasReference ? reference : nil, event.method, state)
        let effectiveAtMs = date == today ? nil : try state.practiceZone().startOfDayMs(date)
        let recorded = Draft(event, about: account.subjects(.payment, asked.next), effectiveAtMs: effectiveAtMs)
        let parts = try parts(of: event, amount, state)
        let allocated = parts.enumerated().map { index, part in
            Payable(part.invoice, on: today.description).draft(
                from: asked.next, .payment, amount.money(part.minor), at: asked.next + 1 + UInt64(index))
        }
        return [recorded] + allocated
    }

    private typealias Part = (invoice: InvoiceInHand, minor: Int64)

    private func parts(of event: PaymentRecorded, _ amount: Amount, _ state: borrowing ClinicState) throws -> [Part] {
        guard !keepAsCredit else {
            guard allocate.isEmpty else {
                throw Refusal.field("keepAsCredit", "Either it is kept as credit, or `allocate` says what it pays.")
            }
            return []
        }
        return allocate.isEmpty
            ? try oldestFirst(event, state) : try named(event, amount, state)
    }

    private func oldestFirst(_ event: PaymentRecorded, _ state: borrowing ClinicState) throws -> [Part] {
        var left = event.amount.minor
        var parts: [Part] = []
        for id in try state.openInvoices(of: event.account) where left > 0 {
            let invoice = try state.invoiceInHand(id)
            let minor = min(left, invoice.openMinor)
            parts.append((invoice, minor))
            left -= minor
        }
        return parts
    }

    /// INV-PAY-02, -03 and -05: each part within what is open, all together within the payment.
    private func named(_ event: PaymentRecorded, _ amount: Amount, _ state: borrowing ClinicState) throws -> [Part] {
        try Fields.requireCount(allocate.count, "allocate", max: AllocationLimit.atOnce)
        try Fields.requireDistinct(allocate.map(\.invoice), "allocate")
        var left = event.amount.minor
        var parts: [Part] = []
        for (index, request) in allocate.enumerated() {
            let path = "allocate[\(index)]"
            let invoice = try state.invoiceInHand(
                request.hasInvoice ? request.invoice : nil, field: "\(path).invoice")
            try invoice.requireIssued(field: "\(path).invoice")
            try invoice.requireAccount(event.account, field: "\(path).invoice")
            try invoice.requireOpen(field: "\(path).invoice")
            let fits = min(left, invoice.openMinor)
            let available = left
            let minor = try amount.part(request.hasAmount ? request.amount : nil, of: fits, "\(path).amount") { text in
                available <= invoice.openMinor
                    ? Refusal.rule(
                        "INV-PAY-02", "More than was paid", "Of the payment \(text) is left for this invoice.")
                    : invoice.tooMuch(text)
            }
            guard minor > 0 else {
                throw Refusal.rule(
                    "INV-PAY-02", "More than was paid", "Nothing of the payment is left for this invoice."
                )
                .with {
                    $0.field = path
                    $0.availableMinor = 0
                }
            }
            parts.append((invoice, minor))
            left -= minor
        }
        return parts
    }
}
