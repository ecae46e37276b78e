import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf
import Timetable

extension ListInvoices: Query {
    public static let permission = Permission.viewBalances

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListInvoicesAnswer {
        let page = try Page(after: hasAfter ? after : nil, limit: hasLimit ? limit : nil)
        if hasClient { try view.requireClient(client, in: transaction) }
        var answer = ListInvoicesAnswer()
        let list = IDList(all: view.invoices, ofClient: view.invoicesOfClient, open: view.openInvoices)
        let next = try list.rows(of: hasClient ? client : nil, isOpen: open, on: page, in: transaction) { id, state in
            answer.rows.append(try view.invoiceRow(id, state, question, in: transaction))
        }
        if let next { answer.next = next }
        return answer
    }
}

extension BalancesView {
    func invoiceRow(
        _ id: UInt64, _ state: InvoiceState, _ question: Question, in transaction: borrowing ReadTransaction
    ) throws -> InvoiceRow {
        let practice = try requirePractice(in: transaction)
        let currency = practice.currency
        var row = InvoiceRow()
        row.id = id
        row.account = try accountRow(state.account.balanceKey, question, in: transaction)
        row.standing = state.standing
        if !state.number.isEmpty { row.number = state.number }
        if !state.issuedOn.isEmpty { row.issuedOn = state.issuedOn }
        if !state.dueOn.isEmpty { row.dueOn = state.dueOn }
        row.total = Money(try totalMinor(state, in: transaction), currency)
        row.allocated = Money(state.allocated, currency)
        row.credited = Money(state.credited, currency)
        row.writtenOff = Money(state.writtenOff, currency)
        row.open = Money(state.openMinor, currency)
        row.creditNotes = Money(state.creditNotes, currency)
        row.charges = state.charges
        if state.openMinor > 0, let due = LocalDate(iso: state.dueOn) {
            let days = due.days(until: try date(question.nowMs, practice))
            if days > 0 { row.daysPastDue = UInt32(clamping: days) }
        }
        return row
    }

    /// Of a draft what it will say when it is issued: the sum of its lines (INV-BILL-03).
    private func totalMinor(_ state: InvoiceState, in transaction: borrowing ReadTransaction) throws -> Int64 {
        guard state.standing == .draft else { return state.total }
        return try state.charges.reduce(0) { try $0 + (charges.get($1, in: transaction)?.grossMinor ?? 0) }
    }
}
