import LMDBKit
import Ledger
import ProjectionKit
import Schema
import SwiftProtobuf

extension BalancesView {
    /// Folds an event into the documents, and answers what it does to accounts.
    func change(_ event: BillingEvent, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        switch event {
        case .chargePosted(let event): try found(event, recorded, view)
        case .chargeAdjusted(let event): try change(charge: event.charge, view) { $0.posted.line = event.line }
        case .chargeVoided(let event): try change(charge: event.charge, view) { $0.standing = .voided }
        case .feeWaived(let event): try change(charge: event.charge, view) { $0.standing = .waived }
        case .invoiceDrafted(let event): try found(event, recorded, view)
        case .invoiceDraftDiscarded(let event): try free(event.invoice, .discarded, view)
        case .invoiceIssued(let event): try issue(event, view)
        case .invoiceVoided(let event): try free(event.invoice, .void, view)
        case .creditNoteIssued(let event): try found(event, recorded, view)
        case .openingBalanceImported(let event): try found(event, recorded, view)
        case .openingBalanceWithdrawn(let event): try withdraw(event, view)
        case .paymentRecorded(let event): try found(event, recorded, view)
        case .paymentReversed(let event):
            try change(credit: event.payment, view) {
                $0.reversed += event.amount.minor
            } sums: {
                $0.paid -= event.amount.minor
            }
        case .refundIssued(let event): try found(event, recorded, view)
        case .creditApplied, .paymentAllocated, .allocationReversed, .writeOffRecorded, .writeOffReversed:
            try settle(event, recorded, view)
        case .taxCodeDefined, .payerDefined: Change(recorded.position)
        }
    }

    /// What pays an invoice or takes something off it.
    private func settle(_ event: BillingEvent, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        switch event {
        case .creditApplied(let event):
            try use(event.creditNote, event.amount.minor, view)
            return try change(invoice: event.invoice, by: event.creditNote, event.account, view) {
                $0.credited += event.amount.minor
            } sums: {
                $0.credited += event.amount.minor
            }
        case .paymentAllocated(let event):
            try use(event.payment, event.amount.minor, view)
            return try change(invoice: event.invoice, by: recorded.position, event.account, view) {
                $0.allocated += event.amount.minor
            } sums: {
                $0.allocated += event.amount.minor
            }
        case .allocationReversed(let event):
            try use(event.payment, -event.amount.minor, view)
            return try change(invoice: event.invoice, by: event.allocation, event.account, view) {
                $0.allocated -= event.amount.minor
            } sums: {
                $0.allocated -= event.amount.minor
            }
        case .writeOffRecorded(let event):
            try name(recorded.position, event.number, view)
            return try change(invoice: event.invoice, by: recorded.position, event.account, view) {
                $0.writtenOff += event.amount.minor
            } sums: {
                $0.writtenOff += event.amount.minor
            }
        case .writeOffReversed(let event):
            return try change(invoice: event.invoice, by: event.writeOff, event.account, view) {
                $0.writtenOff -= event.amount.minor
            } sums: {
                $0.writtenOff -= event.amount.minor
            }
        default: return Change(recorded.position)
        }
    }

    /// A document got its number.
    func name(_ id: UInt64, _ number: String, _ view: ViewWriter) throws {
        // No key of a table is empty.
        guard !number.isEmpty else { return }
        try view.put(numbers, number, Google_Protobuf_UInt64Value(id))
        try view.put(numberOf, id, Google_Protobuf_StringValue(number))
    }

    /// Writes down what an event did, and the accounts as they are afterwards.
    func note(
        _ change: Change, _ transaction: LedgerTransaction?, _ recorded: Recorded, _ view: ViewWriter
    ) throws {
        if let invoice = change.invoice { try view.put(entriesOfInvoice, Pair(invoice, recorded.position), Mark()) }
        let number = try transaction?.number ?? self.number(change.subject, transaction, view)
        for (key, sums) in change.sums where sums != AccountSums() {
            let after = try (view.get(accounts, key) ?? AccountSums()) + sums
            try view.put(accounts, key, after)
            let entry = AccountEntry.with {
                $0.event = recorded.type.name
                $0.effectiveAt = recorded.header.effectiveAt
                if let transaction { $0.date = transaction.date }
                $0.subject = change.subject
                $0.number = number
                if let invoice = change.invoice { $0.invoice = invoice }
                $0.change = sums
                $0.after = after
            }
            try view.put(entries, Pair(key.first, Pair(recorded.position, key.second)), entry)
        }
    }

    /// Of the thing itself, or of what the transaction is about.
    private func number(_ subject: UInt64, _ transaction: LedgerTransaction?, _ view: ViewWriter) throws -> String {
        for id in [subject] + (transaction?.documents ?? []) {
            if let number = try view.get(numberOf, id)?.value { return number }
        }
        return ""
    }
}
