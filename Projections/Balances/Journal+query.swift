import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension Journal: Query {
    public static let permission = Permission.viewLedger

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> JournalAnswer {
        let page = try Page(after: hasAfter ? after : nil, limit: hasLimit ? limit : nil)
        var answer = JournalAnswer()
        answer.currency = try view.currency(in: transaction)
        guard let first = page.first else { return answer }
        try view.journal.scan(from: first, in: transaction) { position, row in
            if hasUntil, position > until { return .stop }
            guard answer.rows.count < page.limit else {
                answer.next = answer.rows.last?.position ?? 0
                return .stop
            }
            answer.rows.append(row)
            return .next
        }
        return answer
    }
}
