import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension TrialBalance: Query {
    public static let permission = Permission.viewLedger

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> TrialBalanceAnswer {
        var answer = TrialBalanceAnswer()
        let currency = try view.currency(in: transaction)
        var sum: Int64 = 0
        try view.trial.scanAll(in: transaction) { key, row in
            answer.rows.append(
                .with {
                    $0.account = String(key.dropFirst(4))
                    $0.balance = Money(row.minor, String(key.prefix(3)))
                })
            sum += row.minor
            return .next
        }
        answer.sum = Money(sum, currency)
        return answer
    }
}
