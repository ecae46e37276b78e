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
        guard !hasNumber, !hasID else {
            answer.rows = try one(view, in: transaction).map { id, sums in
                PaymentRow(id, try view.accountRow(sums.account.balanceKey, question, in: transaction), sums, currency)
            }
            return answer
        }
        let list = IDList(all: view.credits, ofClient: view.creditsOfClient, open: view.freeCredits)
        let next = try list.rows(of: hasClient ? client : nil, isOpen: credit, on: page, in: transaction) { id, sums in
            let account = try view.accountRow(sums.account.balanceKey, question, in: transaction)
            answer.rows.append(PaymentRow(id, account, sums, currency))
        }
        if let next { answer.next = next }
        return answer
    }

    /// The one that is asked for, if there is such a one, and it is the client's and has something left where that is
    /// asked for too.
    private func one(
        _ view: BalancesView, in transaction: borrowing ReadTransaction
    ) throws -> [(id: UInt64, sums: CreditSums)] {
        var id = hasID ? self.id : nil
        if hasNumber {
            // No number of a document is longer than this; no key of a table can be.
            guard number.utf8.count <= 64 else { return [] }
            let named = try view.numbers.get(number, in: transaction)?.value
            guard id == nil || id == named else { return [] }
            id = named
        }
        guard let id, let sums = try view.credits.get(id, in: transaction),
            !hasClient || sums.account.client == client, !credit || sums.freeMinor > 0
        else { return [] }
        return [(id, sums)]
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
