import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension ListCharges: Query {
    public static let permission = Permission.viewBalances

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: BalancesView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListChargesAnswer {
        let page = try Page(after: hasAfter ? after : nil, limit: hasLimit ? limit : nil)
        if hasClient { try view.requireClient(client, in: transaction) }
        let currency = try view.currency(in: transaction)
        var answer = ListChargesAnswer()
        let list = IDList(all: view.charges, ofClient: view.chargesOfClient, open: view.uninvoiced)
        let next = try list.rows(of: hasClient ? client : nil, isOpen: !all, on: page, in: transaction) { id, state in
            let account = try view.accountRow(Pair(state.posted.client, 0), question, in: transaction)
            answer.rows.append(ChargeRow(id, account, state, currency))
        }
        if let next { answer.next = next }
        return answer
    }
}

extension ChargeRow {
    init(_ id: UInt64, _ account: AccountRow, _ state: ChargeState, _ currency: String) {
        self.init()
        let posted = state.posted
        self.id = id
        self.account = account
        kind = posted.kind
        if posted.hasAppointment { appointment = posted.appointment }
        if posted.hasService { service = posted.service }
        if posted.hasStaff { staff = posted.staff }
        serviceDate = posted.serviceDate
        minutes = posted.minutes
        line = posted.line
        gross = Money(state.grossMinor, currency)
        standing = state.standing
        if state.hasInvoice { invoice = state.invoice }
        proposed = posted.proposed
    }
}
