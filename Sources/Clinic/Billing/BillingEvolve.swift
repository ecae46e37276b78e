import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: BillingEvent, _ recorded: Recorded) throws {
        switch event {
        case .taxCodeDefined(let event):
            var code = try tables.billing.taxCodes.get(event.code, in: transaction) ?? TaxCodeState()
            code.rates.append(event)
            try tables.billing.taxCodes.put(event.code, code, in: transaction)
        case .payerDefined(let event):
            try tables.billing.payers.put(recorded.position, event, in: transaction)
            try found(.payer, recorded)
        case .chargePosted(let event): try evolve(event, recorded)
        case .chargeAdjusted(let event):
            try updateCharge(event.charge, recorded) { $0.posted.line = event.line }
        case .chargeVoided(let event): try updateCharge(event.charge, recorded) { $0.standing = .voided }
        case .feeWaived(let event): try updateCharge(event.charge, recorded) { $0.standing = .waived }
        case .invoiceDrafted(let event): try evolve(event, recorded)
        case .invoiceDraftDiscarded(let event): try free(event.invoice, .discarded, recorded)
        case .invoiceIssued(let event): try evolve(event, recorded)
        case .invoiceVoided(let event): try free(event.invoice, .void, recorded)
        case .creditNoteIssued(let event): try evolve(event, recorded)
        case .writeOffRecorded(let event): try evolve(event, recorded)
        case .writeOffReversed(let event):
            try updateInvoice(event.invoice, recorded) { $0.writtenOff -= event.amount.minor }
            var writeOff = try writeOff(event.writeOff)
            writeOff.reversed = true
            try tables.billing.writeOffs.put(event.writeOff, writeOff, in: transaction)
            try change(event.writeOff, .writeOff, recorded)
        case .creditApplied, .paymentRecorded, .paymentAllocated, .allocationReversed, .paymentReversed, .refundIssued,
            .openingBalanceImported, .openingBalanceWithdrawn:
            try evolvePayments(event, recorded)
        }
    }

    private borrowing func evolve(_ event: WriteOffRecorded, _ recorded: Recorded) throws {
        try take(event.number)
        try updateInvoice(event.invoice, recorded) { $0.writtenOff += event.amount.minor }
        let state = WriteOffState.with {
            $0.invoice = event.invoice
            $0.amount = event.amount.minor
            $0.reason = event.reason
        }
        try tables.billing.writeOffs.put(recorded.position, state, in: transaction)
        try found(.writeOff, recorded)
    }

    /// A number of a document was taken: the next of its series is one more.
    borrowing func take(_ number: String) throws {
        guard let (series, count) = DocumentNumber.parts(number) else { return }
        try tables.billing.counters.put(series, .with { $0.id = count }, in: transaction)
    }

    /// What the books hold in all, so that no sum of theirs can overflow.
    borrowing func addToBooks(_ amountMinor: Int64) throws {
        let before = try booksMinor()
        try tables.billing.counters.put(
            BooksLimit.counter, .with { $0.id = before &+ amountMinor.magnitude }, in: transaction)
    }
}
