import LMDBKit
import Schema
import SwiftProtobuf
import Timetable

extension ClinicState {
    borrowing func evolve(_ event: InvoiceDrafted, _ recorded: Recorded) throws {
        let state = InvoiceState.with {
            $0.account = event.account
            $0.standing = .draft
            $0.charges = event.charges
        }
        try tables.billing.invoices.put(recorded.position, state, in: transaction)
        for id in event.charges {
            try updateCharge(id, recorded) {
                $0.standing = .drafted
                $0.invoice = recorded.position
            }
        }
        try found(.invoice, recorded)
    }

    borrowing func evolve(_ event: InvoiceIssued, _ recorded: Recorded) throws {
        try take(event.number)
        try addToBooks(event.total.minor)
        try updateInvoice(event.invoice, recorded) {
            $0.standing = .issued
            $0.number = event.number
            $0.issuedOn = event.issuedOn
            $0.dueOn = event.dueOn
            $0.total = event.total.minor
        }
        for (index, line) in event.lines.enumerated() {
            try tables.billing.invoiceLines.put(
                Pair(event.invoice, UInt64(index)), .with { $0.line = line }, in: transaction)
            try updateCharge(line.charge, recorded) { $0.standing = .invoiced }
        }
    }

    /// An invoice is no more, and its charges are free again.
    borrowing func free(_ id: UInt64, _ standing: InvoiceStanding.Value, _ recorded: Recorded) throws {
        let charges = try invoice(id).charges
        try updateInvoice(id, recorded) { $0.standing = standing }
        for charge in charges {
            try updateCharge(charge, recorded) {
                $0.standing = .pending
                $0.clearInvoice()
            }
        }
    }

    /// A line that is credited to its whole frees nothing: its charge is not asked for again.
    borrowing func evolve(_ event: CreditNoteIssued, _ recorded: Recorded) throws {
        try take(event.number)
        for part in event.lines {
            let key = Pair(event.invoice, UInt64(part.line))
            guard var row = try tables.billing.invoiceLines.get(key, in: transaction) else { continue }
            row.credited += part.gross.minor
            try tables.billing.invoiceLines.put(key, row, in: transaction)
            if row.credited == row.line.gross.minor {
                try updateCharge(row.line.charge, recorded) { $0.standing = .credited }
            }
        }
        try updateInvoice(event.invoice, recorded) { $0.creditNotes += event.total.minor }
        try creditFreeLines(of: event.invoice, recorded)
        let state = CreditState.with {
            $0.kind = .creditNote
            $0.account = event.account
            $0.amount = event.total.minor
            $0.invoice = event.invoice
        }
        try putCredit(recorded.position, state)
        try found(.creditNote, recorded)
    }

    /// With an invoice that is credited to its whole go its lines of nothing, which no credit note can name.
    private borrowing func creditFreeLines(of id: UInt64, _ recorded: Recorded) throws {
        let invoice = try invoice(id)
        guard invoice.creditNotes == invoice.total else { return }
        for row in try lines(ofInvoice: id) where row.line.gross.minor == 0 {
            try updateCharge(row.line.charge, recorded) { $0.standing = .credited }
        }
    }

    borrowing func updateInvoice(
        _ id: UInt64, _ recorded: Recorded, _ update: (inout InvoiceState) -> Void
    ) throws {
        var state = try invoice(id)
        update(&state)
        try putInvoice(id, state)
        try change(id, .invoice, recorded)
    }

    /// Writes an invoice down, also where open ones are looked for.
    borrowing func putInvoice(_ id: UInt64, _ state: InvoiceState) throws {
        try tables.billing.invoices.put(id, state, in: transaction)
        guard let due = LocalDate(iso: state.dueOn) else { return }
        let key = Pair(state.account.tableKey, Pair(Int64(due.daysSinceEpoch), id))
        if state.openMinor > 0 {
            try tables.billing.openInvoices.put(key, .with { $0.id = id }, in: transaction)
        } else {
            try tables.billing.openInvoices.delete(key, in: transaction)
        }
    }
}

extension Account {
    var tableKey: AccountKey { Pair(client, hasPayer ? payer : 0) }
}

extension InvoiceState {
    /// What is still to come: total less allocations, applied credit and write-offs; minor units.
    var openMinor: Int64 { standing == .issued ? total - allocated - credited - writtenOff : 0 }
}
