import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension ListPayers: Query {
    public static let permission = Permission.viewBalances

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListPayersAnswer {
        var answer = ListPayersAnswer()
        try view.payers.scanAll(in: transaction) { id, payer in
            answer.rows.append(
                .with {
                    $0.id = id
                    $0.name = payer.name
                    $0.address = payer.address
                    $0.dueDays = payer.dueDays
                    $0.missedAllowed = payer.missedAllowed
                })
            return .next
        }
        return answer
    }
}
