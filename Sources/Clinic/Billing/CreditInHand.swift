import Schema
import Timetable

/// A payment, or other credit of an account, of which something is about to be used.
struct CreditInHand {
    let id: UInt64
    let state: CreditState

    var account: Account { state.account }
    var freeMinor: Int64 { state.freeMinor }
    var isPayment: Bool { state.kind == .payment }
    var field: String { isPayment ? "payment" : "creditNote" }

    /// INV-PAY-02 and -12: nobody uses more than there is.
    func tooMuch(_ available: String) -> Refusal {
        Refusal.rule("INV-PAY-02", "More than is left", "Of this credit \(available) is left, and no more.")
            .with { $0.involved = [id] }
    }

    func requireFree(rule: String = "INV-PAY-02") throws(Refusal) {
        guard freeMinor > 0 else {
            throw Refusal.rule(
                rule, "Nothing is left",
                state.reversed > 0
                    ? "The payment was reversed."
                    : isPayment
                        ? "All of it is on invoices or was refunded. What is on an invoice can be taken off it."
                        : "All of it is on invoices or was refunded."
            )
            .with {
                $0.field = field
                $0.availableMinor = 0
            }
        }
    }
}

extension ClinicState {
    borrowing func paymentInHand(_ id: UInt64?) throws -> CreditInHand {
        let id = try Fields.required(id, "payment", "the payment's id")
        let found = CreditInHand(id: id, state: try credit(id, field: "payment"))
        guard found.isPayment else { throw Refusal.missing("payment", id, field: "payment") }
        return found
    }

    /// A credit note, or credit from the books before these.
    borrowing func creditNoteInHand(_ id: UInt64?) throws -> CreditInHand {
        let id = try Fields.required(id, "creditNote", "the credit note's id")
        let found = CreditInHand(id: id, state: try credit(id))
        guard !found.isPayment else { throw Refusal.missing("credit note", id, field: "creditNote") }
        return found
    }

    /// Part of a credit pays an invoice of the same account: as much as fits, unless said.
    borrowing func useDrafts(
        _ credit: CreditInHand, for invoice: InvoiceInHand, _ named: Money?, _ asked: Asked
    ) throws -> [Draft] {
        let amount = try Amount(self)
        try invoice.requireIssued()
        try invoice.requireAccount(credit.account)
        try credit.requireFree()
        try invoice.requireOpen()
        if credit.isPayment, try allocations(of: credit.id).count >= AllocationLimit.standing {
            throw Refusal.rule(
                "INV-PAY-02", "Too many parts",
                "A payment pays at most \(AllocationLimit.standing) times. Reverse some of its allocations first."
            )
            .with { $0.field = "payment" }
        }
        let fits = min(credit.freeMinor, invoice.openMinor)
        let part = try amount.part(named, of: fits, "amount") { available in
            credit.freeMinor <= invoice.openMinor ? credit.tooMuch(available) : invoice.tooMuch(available)
        }
        let payable = Payable(invoice, on: try today(asked).description)
        return [payable.draft(from: credit.id, credit.state.kind, amount.money(part), at: asked.next)]
    }
}
