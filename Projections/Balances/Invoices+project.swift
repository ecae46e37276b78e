import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf
import Timetable

extension BalancesView {
    func found(_ event: InvoiceDrafted, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        let id = recorded.position
        let state = InvoiceState.with {
            $0.account = event.account
            $0.standing = .draft
            $0.charges = event.charges
        }
        try view.put(invoices, id, state)
        try view.put(invoicesOfClient, Pair(event.account.client, id), Mark())
        var change = Change(id, invoice: id)
        for charge in event.charges {
            try update(charge: charge, &change, view) {
                $0.standing = .drafted
                $0.invoice = id
            }
        }
        return change
    }

    func issue(_ event: InvoiceIssued, _ view: ViewWriter) throws -> Change {
        try name(event.invoice, event.number, view)
        let paper = try IssuedPaper.with {
            $0.issued = event
            if let client = try view.get(clients, event.account.client) { $0.client = client }
            $0.taxes = try taxes(of: event.lines, view)
        }
        try view.put(papers, event.invoice, paper)
        var change = try self.change(invoice: event.invoice, by: event.invoice, event.account, view) {
            $0.standing = .issued
            $0.number = event.number
            $0.issuedOn = event.issuedOn
            $0.dueOn = event.dueOn
            $0.total = event.total.minor
        } sums: {
            $0.issued += event.total.minor
        }
        for line in event.lines { try update(charge: line.charge, &change, view) { $0.standing = .invoiced } }
        return change
    }

    /// By code and date, each once.
    private func taxes(of lines: [InvoiceLine], _ view: ViewWriter) throws -> [TaxCodeDefined] {
        var found: [TaxCodeDefined] = []
        for line in lines where line.hasTaxCode {
            guard let tax = try view.get(taxOfCharge, line.charge), !found.contains(tax) else { continue }
            found.append(tax)
        }
        return found.sorted { ($0.code, $0.effectiveFrom, $0.exemption) < ($1.code, $1.effectiveFrom, $1.exemption) }
    }

    /// A draft was thrown away, or an invoice is void: its charges are free again.
    func free(_ id: UInt64, _ standing: InvoiceStanding.Value, _ view: ViewWriter) throws -> Change {
        guard let before = try view.get(invoices, id) else {
            throw ProjectionError.missingRow(table: invoices.raw.name)
        }
        var change = try self.change(invoice: id, by: id, before.account, view) {
            $0.standing = standing
        } sums: {
            // A draft has no total.
            $0.issued -= before.total
        }
        for charge in before.charges {
            try update(charge: charge, &change, view) {
                $0.standing = .pending
                $0.clearInvoice()
            }
        }
        return change
    }

    /// Something happens to an invoice.
    ///
    /// - `subject`: the allocation, credit note or write-off, or the invoice itself.
    func change(
        invoice id: UInt64, by subject: UInt64, _ account: Account, _ view: ViewWriter,
        _ update: (inout InvoiceState) -> Void, sums: (inout AccountSums) -> Void
    ) throws -> Change {
        guard let before = try view.get(invoices, id) else {
            throw ProjectionError.missingRow(table: invoices.raw.name)
        }
        var state = before
        update(&state)
        try put(id, state, wasOpen: before.openMinor > 0, view)
        var change = Change(subject, invoice: id)
        change.add(account, sums)
        return change
    }

    /// Writes an invoice down, also where open ones are looked for.
    func put(_ id: UInt64, _ state: InvoiceState, wasOpen: Bool, _ view: ViewWriter) throws {
        try view.put(invoices, id, state)
        guard let due = LocalDate(iso: state.dueOn) else { return }
        let key = Pair(state.account.balanceKey, Pair(Int64(due.daysSinceEpoch), id))
        if state.openMinor > 0 {
            try view.put(openItems, key, .with { $0.minor = state.openMinor })
            if !wasOpen { try view.put(openInvoices, id, Mark()) }
        } else if wasOpen {
            try view.delete(openItems, key)
            try view.delete(openInvoices, id)
        }
    }
}

extension InvoiceState {
    /// What is still to come, minor units.
    var openMinor: Int64 { standing == .issued ? total - allocated - credited - writtenOff : 0 }
}
