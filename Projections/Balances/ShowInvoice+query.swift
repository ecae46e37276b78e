import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension ShowInvoice: Query {
    public static let permission = Permission.viewBalances

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ShowInvoiceAnswer {
        let (id, state) = try found(view, in: transaction)
        var answer = ShowInvoiceAnswer()
        answer.row = try view.invoiceRow(id, state, question, in: transaction)
        if let paper = try view.papers.get(id, in: transaction) {
            answer.paper = try InvoicePaper(paper, view, question, in: transaction)
        }
        let client = state.account.client
        try view.entriesOfInvoice.scan(prefix: id, in: transaction) { key, _ in
            answer.entries += try view.entryRows(of: client, at: key.second, in: transaction)
            if let note = try view.creditNoteRow(key.second, in: transaction) { answer.creditNotes.append(note) }
            return .next
        }
        return answer
    }

    private func found(
        _ view: BalancesView, in transaction: borrowing ReadTransaction
    ) throws -> (id: UInt64, state: InvoiceState) {
        guard hasInvoice != hasNumber else {
            throw Refusal.field("invoice", "Say which: its id in `invoice`, or its number in `number`.")
        }
        let field = hasInvoice ? "invoice" : "number"
        var id = hasInvoice ? invoice : nil
        // No number of a document is longer than this; no key of a table can be.
        if hasNumber, number.utf8.count <= 64 { id = try view.numbers.get(number, in: transaction)?.value }
        // A credit note is shown with its invoice.
        if hasNumber, let note = try id.flatMap({ try view.notes.get($0, in: transaction) }) { id = note.invoice }
        guard let id, let state = try view.invoices.get(id, in: transaction),
            !hasClient || state.account.client == client
        else {
            guard hasInvoice else {
                throw Refusal(
                    .problem("not-found"), status: 404, title: "No such invoice",
                    detail: id == nil || hasClient
                        ? "There is no invoice of this number."
                        : "This is the number of no invoice, but of something else: a payment, a refund, a write-off, or what "
                            + "was settled in the books before these."
                ).with { $0.field = field }
            }
            throw Refusal.missing("invoice", invoice, field: field)
        }
        return (id, state)
    }
}
