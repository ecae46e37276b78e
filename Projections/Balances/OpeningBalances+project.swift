import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

/// What was owed or had in the books before these.
extension BalancesView {
    func found(_ event: OpeningBalanceImported, _ recorded: Recorded, _ view: ViewWriter) throws -> Change {
        let minor = event.amount.minor
        guard minor != 0 else {
            // Settled in the books before these: it has a number, and is nothing to pay or to use.
            try name(recorded.position, event.number, view)
            return Change(recorded.position)
        }
        guard minor > 0 else {
            let credit = CreditSums.with {
                $0.kind = .openingBalance
                $0.account = event.account
                $0.number = event.number
                $0.receivedOn = event.asOf
                $0.amount = -minor
            }
            return try found(credit, recorded, view) { $0.creditNotes -= minor }
        }
        let id = recorded.position
        try name(id, event.number, view)
        try view.put(invoicesOfClient, Pair(event.account.client, id), Mark())
        let state = InvoiceState.with {
            $0.account = event.account
            $0.standing = .issued
            $0.number = event.number
            $0.issuedOn = event.asOf
            $0.dueOn = event.asOf
            $0.total = minor
        }
        try put(id, state, wasOpen: false, view)
        var change = Change(id, invoice: id)
        change.add(event.account) { $0.issued += minor }
        return change
    }

    /// It was wrong from the start, and nothing was done with it.
    func withdraw(_ event: OpeningBalanceWithdrawn, _ view: ViewWriter) throws -> Change {
        let minor = event.amount.minor
        if minor > 0 { return try free(event.openingBalance, .void, view) }
        guard minor < 0 else { return Change(event.openingBalance) }
        return try change(credit: event.openingBalance, view) {
            $0.reversed -= minor
        } sums: {
            $0.creditNotes += minor
        }
    }
}
