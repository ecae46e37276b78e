import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolvePayments(_ event: BillingEvent, _ recorded: Recorded) throws {
        switch event {
        case .creditApplied(let event):
            try updateCredit(event.creditNote, recorded) { $0.used += event.amount.minor }
            try updateInvoice(event.invoice, recorded) { $0.credited += event.amount.minor }
        case .paymentRecorded(let event): try evolve(event, recorded)
        case .paymentAllocated(let event): try evolve(event, recorded)
        case .allocationReversed(let event): try evolve(event, recorded)
        case .paymentReversed(let event):
            // What never came may come yet, under the same reference.
            if event.reason == .error { try forgetReference(of: event.payment) }
            try updateCredit(event.payment, recorded) { $0.reversed += event.amount.minor }
        case .refundIssued(let event):
            try take(event.number)
            let source = event.hasPayment ? event.payment : event.creditNote
            try updateCredit(source, recorded) { $0.refunded += event.amount.minor }
            let credit = try credit(source)
            if credit.hasInvoice { try updateInvoice(credit.invoice, recorded) { $0.refunded += event.amount.minor } }
            try found(.refund, recorded)
        case .openingBalanceImported(let event): try evolve(event, recorded)
        case .openingBalanceWithdrawn(let event): try evolve(event, recorded)
        default: break
        }
    }

    private borrowing func evolve(_ event: PaymentRecorded, _ recorded: Recorded) throws {
        try take(event.number)
        try addToBooks(event.amount.minor)
        let state = CreditState.with {
            $0.kind = .payment
            $0.account = event.account
            $0.amount = event.amount.minor
            $0.method = event.method
            $0.reference = event.reference
        }
        try putCredit(recorded.position, state)
        if let key = PaymentReference.key(event.method, event.reference) {
            try tables.billing.references.put(key, .with { $0.id = recorded.position }, in: transaction)
        }
        try found(.payment, recorded)
    }

    private borrowing func forgetReference(of payment: UInt64) throws {
        let state = try credit(payment)
        guard let key = PaymentReference.key(state.method, state.reference),
            try tables.billing.references.get(key, in: transaction)?.id == payment
        else { return }
        try tables.billing.references.delete(key, in: transaction)
    }

    private borrowing func evolve(_ event: PaymentAllocated, _ recorded: Recorded) throws {
        try updateCredit(event.payment, recorded) { $0.used += event.amount.minor }
        try updateInvoice(event.invoice, recorded) { $0.allocated += event.amount.minor }
        let state = AllocationState.with {
            $0.payment = event.payment
            $0.invoice = event.invoice
            $0.amount = event.amount.minor
        }
        try tables.billing.allocations.put(recorded.position, state, in: transaction)
        try tables.billing.allocationsOfPayment.put(
            Pair(event.payment, recorded.position), .with { $0.id = recorded.position }, in: transaction)
        try found(.allocation, recorded)
    }

    private borrowing func evolve(_ event: AllocationReversed, _ recorded: Recorded) throws {
        try updateCredit(event.payment, recorded) { $0.used -= event.amount.minor }
        try updateInvoice(event.invoice, recorded) { $0.allocated -= event.amount.minor }
        var state = try allocation(event.allocation)
        state.reversed = true
        try tables.billing.allocations.put(event.allocation, state, in: transaction)
        try tables.billing.allocationsOfPayment.delete(Pair(event.payment, event.allocation), in: transaction)
        try change(event.allocation, .allocation, recorded)
    }

    borrowing func updateCredit(
        _ id: UInt64, _ recorded: Recorded, _ update: (inout CreditState) -> Void
    ) throws {
        var state = try credit(id)
        update(&state)
        try putCredit(id, state)
        try change(id, state.kind, recorded)
    }

    /// Writes a source of credit down, also where free ones are looked for.
    borrowing func putCredit(_ id: UInt64, _ state: CreditState) throws {
        try tables.billing.credits.put(id, state, in: transaction)
        let key = Pair(state.account.tableKey, id)
        if state.freeMinor > 0 {
            try tables.billing.freeCredits.put(key, .with { $0.id = id }, in: transaction)
        } else {
            try tables.billing.freeCredits.delete(key, in: transaction)
        }
    }
}

extension CreditState {
    /// What is left of it; minor units.
    var freeMinor: Int64 { amount - used - refunded - reversed }
}
