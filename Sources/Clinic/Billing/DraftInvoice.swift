import LMDBKit
import Schema
import Timetable

/// How large an invoice may be: its lines, as they are issued, must fit into one record.
enum InvoiceLimit {
    static let charges = 300
}

extension DraftInvoice: Command {
    public static let permission = Permission.draftInvoices

    public func target(in state: borrowing ClinicState) throws -> Target { Target(client: hasClient ? client : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let account = try state.account(client: hasClient ? client : nil, payer: hasPayer ? payer : nil)
        let chosen = charges.isEmpty ? try everything(of: account.client, state) : try named(for: account.client, state)
        try requirePayerPermits(chosen, account, state)
        try requireTotal(chosen, amount)
        var event = InvoiceDrafted()
        event.account = account
        event.charges = chosen.sorted { ($0.posted.serviceDate, $0.id) < ($1.posted.serviceDate, $1.id) }.map(\.id)
        let subjects = account.subjects(.invoice, asked.next) + event.charges.map { Subject(.charge, $0) }
        return [Draft(event, about: subjects)]
    }

    private func everything(of client: UInt64, _ state: borrowing ClinicState) throws -> [ChargeInHand] {
        let pending = try state.pendingCharges(of: client, max: InvoiceLimit.charges)
        guard !pending.isEmpty else {
            throw Refusal.unchanged(
                "Nothing of this client's is without an invoice, but fees that somebody must name first.")
        }
        guard pending.count <= InvoiceLimit.charges else {
            throw Refusal.field(
                "charges", "More than \(InvoiceLimit.charges) charges are open. Name those of one invoice.")
        }
        return pending
    }

    /// INV-BILL-06: a charge is on one live invoice at most.
    private func named(for client: UInt64, _ state: borrowing ClinicState) throws -> [ChargeInHand] {
        try Fields.requireCount(charges.count, "charges", max: InvoiceLimit.charges)
        try Fields.requireDistinct(charges, "charges")
        return try charges.enumerated().map { index, id in
            let field = "charges[\(index)]"
            let charge = ChargeInHand(id: id, state: try state.charge(id, field: field))
            guard charge.posted.client == client else {
                throw Refusal.rule("INV-PAY-05", "Another account", "Charge \(id) is another client's.")
                    .with { $0.field = field }
            }
            try charge.requireOnNoInvoice(field: field)
            return charge
        }
    }

    /// INV-BILL-10: some payers may not be charged for missed appointments.
    private func requirePayerPermits(
        _ chosen: [ChargeInHand], _ account: Account, _ state: borrowing ClinicState
    ) throws {
        guard account.hasPayer, try !state.payer(account.payer).missedAllowed else { return }
        let fees = chosen.filter { $0.posted.kind == .lateCancel || $0.posted.kind == .noShow }
        guard fees.isEmpty else {
            throw Refusal.rule(
                "INV-BILL-10", "Not for this payer",
                "This payer is not charged for missed appointments. Waive the fee, or invoice the client."
            )
            .with {
                $0.field = "charges"
                $0.involved = fees.map(\.id)
            }
        }
    }

    private func requireTotal(_ chosen: [ChargeInHand], _ amount: Amount) throws(Refusal) {
        // 300 x 2 x 10^12 at most.
        let total = chosen.reduce(0) { $0 + $1.posted.line.net.minor + $1.posted.line.taxMinor }
        guard total <= Cents.maxMinor else {
            throw Refusal.field("charges", "An invoice is at most \(amount.text(Cents.maxMinor)). Divide it.")
        }
    }
}

extension ClinicState {
    /// What is on no invoice, but for proposed fees; one more than `max` when there is more.
    fileprivate borrowing func pendingCharges(of client: UInt64, max: Int) throws -> [ChargeInHand] {
        var found: [ChargeInHand] = []
        try tables.billing.pendingCharges.scan(prefix: client, in: transaction) { _, row in
            let charge = ChargeInHand(id: row.id, state: try charge(row.id))
            if !charge.posted.proposed { found.append(charge) }
            return found.count > max ? .stop : .next
        }
        return found
    }
}
