import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

/// What one event does to accounts: by how much each of their sums changes, and what it is about.
struct Change {
    /// The charge, invoice, payment or other thing that it founds or changes.
    var subject: UInt64
    /// The invoice that it is about beside that.
    var invoice: UInt64?
    /// By account, in order of their first mention.
    private(set) var sums: [(key: BalancesView.AccountKey, sums: AccountSums)] = []

    init(_ subject: UInt64, invoice: UInt64? = nil) {
        self.subject = subject
        self.invoice = invoice
    }

    mutating func add(_ account: Account, _ change: (inout AccountSums) -> Void) {
        let key = account.balanceKey
        let index = sums.firstIndex { $0.key == key } ?? sums.endIndex
        if index == sums.endIndex { sums.append((key, AccountSums())) }
        change(&sums[index].sums)
    }
}

extension Account {
    var balanceKey: BalancesView.AccountKey { Pair(client, hasPayer ? payer : 0) }
}

extension AccountSums {
    /// What is owed.
    var openMinor: Int64 { issued - credited - allocated - writtenOff }
    /// What is on no invoice and was not given back.
    var creditMinor: Int64 { paid + creditNotes - credited - allocated - refunded }

    static func + (left: AccountSums, right: AccountSums) -> AccountSums {
        .with {
            $0.issued = left.issued + right.issued
            $0.credited = left.credited + right.credited
            $0.allocated = left.allocated + right.allocated
            $0.writtenOff = left.writtenOff + right.writtenOff
            $0.paid = left.paid + right.paid
            $0.creditNotes = left.creditNotes + right.creditNotes
            $0.refunded = left.refunded + right.refunded
            $0.uninvoiced = left.uninvoiced + right.uninvoiced
            $0.proposed = left.proposed + right.proposed
        }
    }
}
