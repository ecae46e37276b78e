import LMDBKit
import Schema
import SwiftProtobuf

/// An invoice that credit is put on in the command at hand.
struct Payable {
    let invoice: UInt64
    let account: Account
    let openMinor: Int64
    /// YYYY-MM-DD.
    let on: String

    init(invoice: UInt64, account: Account, openMinor: Int64, on date: String) {
        self.invoice = invoice
        self.account = account
        self.openMinor = openMinor
        on = date
    }

    init(_ invoice: InvoiceInHand, on date: String) {
        self.init(invoice: invoice.id, account: invoice.account, openMinor: invoice.openMinor, on: date)
    }

    /// Part of a payment, or of other credit, pays it; at the position that the event gets.
    func draft(from credit: UInt64, _ kind: Subject.Kind, _ part: Money, at position: UInt64) -> Draft {
        let others = account.subjects(.invoice, invoice)
        guard kind == .payment else {
            let event = CreditApplied.with {
                $0.creditNote = credit
                $0.invoice = invoice
                $0.account = account
                $0.amount = part
                $0.appliedOn = on
            }
            return Draft(event, about: [Subject(kind, credit)] + others)
        }
        let event = PaymentAllocated.with {
            $0.payment = credit
            $0.invoice = invoice
            $0.account = account
            $0.amount = part
            $0.allocatedOn = on
        }
        return Draft(event, about: [Subject(.allocation, position), Subject(.payment, credit)] + others)
    }
}

/// How many events one command may lead to, where that depends on what there is.
enum AllocationLimit {
    /// Allocations of one payment that stand at the same time: its reversal undoes them all at once.
    static let standing = 1_000
    /// Invoices that one payment pays, or credits that one invoice takes, in one command.
    static let atOnce = 500
}

extension ClinicState {
    /// What the account has as credit, oldest first, as far as it goes.
    borrowing func creditDrafts(for payable: Payable, _ amount: Amount, at position: UInt64) throws -> [Draft] {
        var drafts: [Draft] = []
        var open = payable.openMinor
        for id in try freeCredits(of: payable.account) where open > 0 {
            let source = try credit(id)
            if source.kind == .payment, try allocations(of: id).count >= AllocationLimit.standing { continue }
            let part = min(open, source.freeMinor)
            drafts.append(
                payable.draft(from: id, source.kind, amount.money(part), at: position + UInt64(drafts.count)))
            open -= part
        }
        return drafts
    }

    private borrowing func freeCredits(of account: Account) throws -> [UInt64] {
        var ids: [UInt64] = []
        try tables.billing.freeCredits.scan(prefix: account.tableKey, in: transaction) { _, row in
            ids.append(row.id)
            return ids.count == AllocationLimit.atOnce ? .stop : .next
        }
        return ids
    }

    /// Those of a payment that were not reversed, in order.
    borrowing func allocations(of payment: UInt64) throws -> [UInt64] {
        var ids: [UInt64] = []
        try tables.billing.allocationsOfPayment.scan(prefix: payment, in: transaction) { _, row in
            ids.append(row.id)
            return .next
        }
        return ids
    }

    /// What the account owes, the oldest due first, of two from one day the lower id.
    borrowing func openInvoices(of account: Account) throws -> [UInt64] {
        var ids: [UInt64] = []
        try tables.billing.openInvoices.scan(prefix: account.tableKey, in: transaction) { _, row in
            ids.append(row.id)
            return ids.count == AllocationLimit.atOnce ? .stop : .next
        }
        return ids
    }
}
