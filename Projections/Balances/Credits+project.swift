import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

/// What accounts have: payments, credit notes, and credit in the books before these.
extension BalancesView {
    func found(_ event: PaymentRecorded, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        let credit = CreditSums.with {
            $0.kind = .payment
            $0.account = event.account
            $0.number = event.number
            $0.receivedOn = event.receivedOn
            $0.amount = event.amount.minor
            $0.method = event.method
            $0.reference = event.reference
        }
        return try found(credit, recorded, view) { $0.paid += event.amount.minor }
    }

    /// It becomes credit whole; what of it pays its invoice is another event's affair.
    func found(_ event: CreditNoteIssued, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        let credit = CreditSums.with {
            $0.kind = .creditNote
            $0.account = event.account
            $0.number = event.number
            $0.receivedOn = event.issuedOn
            $0.amount = event.total.minor
        }
        var note = event
        note.clearReason()
        try view.put(notes, recorded.position, note)
        var change = try found(credit, recorded, view) { $0.creditNotes += event.total.minor }
        change.invoice = event.invoice
        try view.update(invoices, event.invoice) { $0.creditNotes += event.total.minor }
        for part in event.lines { try take(part, of: event.invoice, &change, view) }
        try takeFreeLines(of: event.invoice, &change, view)
        return change
    }

    /// With an invoice that is credited to its whole go its lines of nothing, which no credit note can name.
    private func takeFreeLines(of id: UInt64, _ change: inout Change, _ view: ViewWriter) throws {
        guard let invoice = try view.get(invoices, id), invoice.creditNotes == invoice.total else { return }
        for line in try view.get(papers, id)?.issued.lines ?? [] where line.gross.minor == 0 {
            try update(charge: line.charge, &change, view) { $0.standing = .credited }
        }
    }

    /// A line that is credited to its whole: its charge is not asked for again.
    private func take(_ part: CreditLine, of invoice: UInt64, _ change: inout Change, _ view: ViewWriter) throws {
        let key = Pair(invoice, UInt64(part.line))
        let sum = (try view.get(credited, key)?.minor ?? 0) + part.gross.minor
        try view.put(credited, key, .with { $0.minor = sum })
        guard let lines = try view.get(papers, invoice)?.issued.lines, lines.indices.contains(Int(part.line)) else {
            return
        }
        let line = lines[Int(part.line)]
        guard sum == line.gross.minor else { return }
        try update(charge: line.charge, &change, view) { $0.standing = .credited }
    }

    func found(_ event: RefundIssued, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        try name(recorded.position, event.number, view)
        let source = event.hasPayment ? event.payment : event.creditNote
        var change = try self.change(credit: source, view) {
            $0.refunded += event.amount.minor
        } sums: {
            $0.refunded += event.amount.minor
        }
        change.subject = recorded.position
        return change
    }

    func found(
        _ credit: CreditSums, _ recorded: Recorded, _ view: ViewWriter, _ sums: (inout AccountSums) -> Void
    ) throws -> Change {
        try name(recorded.position, credit.number, view)
        try view.put(creditsOfClient, Pair(credit.account.client, recorded.position), Mark())
        try put(recorded.position, credit, wasFree: false, view)
        var change = Change(recorded.position)
        change.add(credit.account, sums)
        return change
    }

    func change(
        credit id: UInt64, _ view: ViewWriter, _ update: (inout CreditSums) -> Void,
        sums: (inout AccountSums) -> Void
    ) throws -> Change {
        guard let before = try view.get(credits, id) else {
            throw ProjectionError.missingRow(table: credits.raw.name)
        }
        var credit = before
        update(&credit)
        try put(id, credit, wasFree: before.freeMinor > 0, view)
        var change = Change(id)
        change.add(credit.account, sums)
        return change
    }

    /// Part of it pays an invoice, or comes back from one.
    func use(_ id: UInt64, _ minor: Int64, _ view: ViewWriter) throws {
        _ = try change(credit: id, view) {
            $0.used += minor
        } sums: { _ in
        }
    }

    /// Writes a source of credit down, also where free ones are looked for.
    private func put(_ id: UInt64, _ credit: CreditSums, wasFree: Bool, _ view: ViewWriter) throws {
        try view.put(credits, id, credit)
        if credit.freeMinor > 0 {
            if !wasFree { try view.put(freeCredits, id, Mark()) }
        } else if wasFree {
            try view.delete(freeCredits, id)
        }
    }
}

extension CreditSums {
    /// What is left, minor units.
    var freeMinor: Int64 { amount - used - refunded - reversed }
}
