import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension Balances: Query {
    public static let permission = Permission.viewBalances

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> BalancesAnswer {
        guard hasClient else { throw Refusal.field("client", "`client` is missing: the client's id.") }
        try view.requireClient(client, in: transaction)
        let currency = try view.currency(in: transaction)
        var found: [(key: BalancesView.AccountKey, sums: AccountSums)] = []
        try view.accounts.scan(prefix: client, in: transaction) { key, sums in
            found.append((key, sums))
            return .next
        }
        // Who owes nothing and has nothing has an account as well.
        if found.first?.key.second != 0 { found.insert((Pair(client, 0), AccountSums()), at: 0) }
        var answer = BalancesAnswer()
        answer.rows = try found.map { key, sums in
            BalanceRow(try view.accountRow(key, question, in: transaction), sums, currency)
        }
        return answer
    }
}

extension BalanceRow {
    init(_ account: AccountRow, _ sums: AccountSums, _ currency: String) {
        self.init()
        self.account = account
        open = Money(sums.openMinor, currency)
        credit = Money(sums.creditMinor, currency)
        uninvoiced = Money(sums.uninvoiced, currency)
        proposed = Money(sums.proposed, currency)
        issued = Money(sums.issued, currency)
        credited = Money(sums.credited, currency)
        allocated = Money(sums.allocated, currency)
        writtenOff = Money(sums.writtenOff, currency)
        paid = Money(sums.paid, currency)
        creditNotes = Money(sums.creditNotes, currency)
        refunded = Money(sums.refunded, currency)
    }
}
