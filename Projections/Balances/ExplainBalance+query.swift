import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf
import Timetable

extension ExplainBalance: Query {
    public static let permission = Permission.viewBalances

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ExplainBalanceAnswer {
        guard hasClient else { throw Refusal.field("client", "`client` is missing: the client's id.") }
        try view.requireClient(client, in: transaction)
        let page = try Page(after: hasAfter ? after : nil, limit: hasLimit ? limit : nil)
        var answer = ExplainBalanceAnswer()
        guard let first = page.first else { return answer }
        let practice = try view.requirePractice(in: transaction)
        try view.entries.scan(from: Pair(client, first), in: transaction) { key, entry in
            guard key.first == client else { return .stop }
            let position = key.second.first
            if answer.rows.count >= page.limit, let last = answer.rows.last?.position, last != position {
                answer.next = last
                return .stop
            }
            answer.rows.append(try view.row(entry, at: position, payer: key.second.second, practice, in: transaction))
            return .next
        }
        return answer
    }
}

extension BalancesView {
    /// What one event did to the accounts of a client.
    func entryRows(
        of client: UInt64, at position: UInt64, in transaction: borrowing ReadTransaction
    ) throws -> [BalanceEntryRow] {
        let practice = try requirePractice(in: transaction)
        var rows: [BalanceEntryRow] = []
        try entries.scan(prefix: Pair(client, position), in: transaction) { key, entry in
            rows.append(try row(entry, at: position, payer: key.second.second, practice, in: transaction))
            return .next
        }
        return rows
    }

    fileprivate func row(
        _ entry: AccountEntry, at position: UInt64, payer: UInt64, _ practice: PracticeInitialised,
        in transaction: borrowing ReadTransaction
    ) throws -> BalanceEntryRow {
        var row = BalanceEntryRow()
        row.position = position
        row.date = entry.date.isEmpty ? try date(entry.effectiveAt, practice).description : entry.date
        row.event = entry.event
        row.subject = entry.subject
        if !entry.number.isEmpty { row.number = entry.number }
        if entry.hasInvoice {
            row.invoice = entry.invoice
            if let number = try numberOf.get(entry.invoice, in: transaction)?.value { row.invoiceNumber = number }
        }
        if payer != 0 {
            row.payer = payer
            if let payer = try payers.get(payer, in: transaction) { row.payerName = payer.name }
        }
        row.take(change: entry.change, practice.currency)
        row.take(after: entry.after, practice.currency)
        return row
    }
}

extension BalanceEntryRow {
    fileprivate mutating func take(change: AccountSums, _ currency: String) {
        if change.openMinor != 0 { open = Money(change.openMinor, currency) }
        if change.creditMinor != 0 { credit = Money(change.creditMinor, currency) }
        if change.uninvoiced != 0 { uninvoiced = Money(change.uninvoiced, currency) }
        if change.proposed != 0 { proposed = Money(change.proposed, currency) }
    }

    fileprivate mutating func take(after: AccountSums, _ currency: String) {
        openAfter = Money(after.openMinor, currency)
        creditAfter = Money(after.creditMinor, currency)
        uninvoicedAfter = Money(after.uninvoiced, currency)
        proposedAfter = Money(after.proposed, currency)
    }
}
