import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension ListPayments: Query {
    public static let permission = Permission.viewBalances

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListPaymentsAnswer {
        let page = try Page(after: hasAfter ? after : nil, limit: hasLimit ? limit : nil)
        if hasClient { try view.requireClient(client, in: transaction) }
        let currency = try view.currency(in: transaction)
        var answer = ListPaymentsAnswer()
        let list = IDList(all: view.credits, ofClient: view.creditsOfClient, open: view.freeCredits)
        let next = try list.rows(of: hasClient ? client : nil, isOpen: credit, on: page, in: transaction) { id, sums in
            let account = try view.accountRow(sums.account.balanceKey, question, in: transaction)
            answer.rows.append(PaymentRow(id, account, sums, currency))
        }
        if let next { answer.next = next }
        return answer
    }
}

extension PaymentRow {
    init(_ id: UInt64, _ account: AccountRow, _ sums: CreditSums, _ currency: String) {
        self.init()
        self.id = id
        self.account = account
        switch sums.kind {
        case .payment: kind = "payment"
        case .creditNote: kind = "credit_note"
        default: kind = "opening_balance"
        }
        number = sums.number
        receivedOn = sums.receivedOn
        amount = Money(sums.amount, currency)
        used = Money(sums.used, currency)
        refunded = Money(sums.refunded, currency)
        reversed = Money(sums.reversed, currency)
        credit = Money(sums.freeMinor, currency)
        if sums.method != .unspecified { method = sums.method }
        if !sums.reference.isEmpty { reference = sums.reference }
    }
}
