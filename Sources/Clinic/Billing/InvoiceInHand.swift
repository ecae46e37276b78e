import LMDBKit
import Schema

/// An invoice to which something is about to happen.
struct InvoiceInHand {
    let id: UInt64
    let state: InvoiceState

    var account: Account { state.account }
    var openMinor: Int64 { state.openMinor }
    var subjects: [Subject] { account.subjects(.invoice, id) }

    func requireDraft() throws(Refusal) {
        switch state.standing {
        case .draft: return
        case .issued, .void:
            throw Refusal.rule(
                "INV-BILL-05", "Issued already",
                "Invoice \(state.number) was issued and stays as it is. It can be voided in its month, or credited."
            )
            .with { $0.field = "invoice" }
        case .discarded, .unspecified, .UNRECOGNIZED:
            throw Refusal.unchanged("The draft was discarded.").with { $0.field = "invoice" }
        }
    }

    /// - Parameter field: the field that names it.
    func requireIssued(field: String = "invoice") throws(Refusal) {
        switch state.standing {
        case .issued: return
        case .draft, .unspecified, .UNRECOGNIZED:
            throw Refusal.rule("INV-BILL-04", "Not issued", "Invoice draft \(id) has no number yet. Issue it first.")
                .with { $0.field = field }
        case .void:
            throw Refusal.rule("INV-BILL-05", "Void", "Invoice \(state.number) is void.").with { $0.field = field }
        case .discarded:
            throw Refusal.rule("INV-BILL-05", "Discarded", "Invoice draft \(id) was discarded.")
                .with { $0.field = field }
        }
    }

    /// INV-PAY-05: money of one account pays what the same account owes.
    func requireAccount(_ account: Account, field: String = "invoice") throws(Refusal) {
        guard account == self.account else {
            throw Refusal.rule(
                "INV-PAY-05", "Another account", "Invoice \(state.number) is another client's, or another payer's."
            )
            .with { $0.field = field }
        }
    }

    /// INV-PAY-03.
    func tooMuch(_ available: String) -> Refusal {
        Refusal.rule("INV-PAY-03", "More than is open", "Invoice \(state.number) has \(available) open, and no more.")
            .with { $0.involved = [id] }
    }

    func requireOpen(field: String = "invoice") throws(Refusal) {
        guard openMinor > 0 else {
            throw Refusal.rule("INV-PAY-03", "Nothing is open", "Nothing is open on invoice \(state.number).")
                .with {
                    $0.field = field
                    $0.availableMinor = 0
                }
        }
    }
}

extension ClinicState {
    /// The invoice that a command names, or what was owed in the books before these.
    borrowing func invoiceInHand(_ id: UInt64?, field: String = "invoice") throws -> InvoiceInHand {
        let id = try Fields.required(id, field, "the invoice's id")
        return InvoiceInHand(id: id, state: try invoice(id, field: field))
    }

    borrowing func target(invoice id: UInt64?) throws -> Target {
        Target(client: try invoiceInHand(id).account.client)
    }

    /// In order; none for what was owed in the books before these.
    borrowing func lines(ofInvoice id: UInt64) throws -> [InvoiceLineState] {
        var lines: [InvoiceLineState] = []
        try tables.billing.invoiceLines.scan(prefix: id, in: transaction) { _, row in
            lines.append(row)
            return .next
        }
        return lines
    }
}
