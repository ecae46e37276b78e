import Schema
import SwiftProtobuf

extension DiscardInvoiceDraft: Command {
    public static let permission = Permission.draftInvoices

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(invoice: hasInvoice ? invoice : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let draft = try state.invoiceInHand(hasInvoice ? invoice : nil)
        try draft.requireDraft()
        let event = InvoiceDraftDiscarded.with {
            $0.invoice = draft.id
            $0.account = draft.account
        }
        return [Draft(event, about: draft.subjects)]
    }
}
