import LMDBKit
import Schema
import SwiftProtobuf

/// Whether the books agree with themselves: every sum is found a second time, from the documents, and from the entries
/// that explain it.
public struct BalanceIdentity {
    private typealias AccountKey = BalancesView.AccountKey

    private let view: BalancesView
    private var owed: [AccountKey: Int64] = [:]
    private var left: [AccountKey: Int64] = [:]
    private var uninvoiced: [UInt64: Int64] = [:]
    private var proposed: [UInt64: Int64] = [:]
    /// What is wrong, by id and without anybody's name; empty when the books are sound.
    public private(set) var faults: [String] = []

    /// Looks through everything in one snapshot.
    ///
    /// - `step` is called once in a thousand rows, and may end the looking by an error.
    public init(
        _ view: BalancesView, in transaction: borrowing ReadTransaction, step: () throws -> Void = {}
    ) throws {
        self.view = view
        var rows = 0
        func count() throws {
            rows += 1
            if rows.isMultiple(of: 1_000) { try step() }
        }
        try takeInvoices(in: transaction, count)
        try takeCredits(in: transaction, count)
        try takeCharges(in: transaction, count)
        try compareAccounts(in: transaction, count)
        try compareLedger(in: transaction)
    }

    /// INV-PAY-03: an invoice is paid, credited and written off within its total; what is open is found by its date.
    private mutating func takeInvoices(in transaction: borrowing ReadTransaction, _ count: () throws -> Void) throws {
        var open: [UInt64: Int64] = [:]
        try view.invoices.scanAll(in: transaction) { id, invoice in
            try count()
            let minor = invoice.openMinor
            if minor < 0 { faults.append("INV-PAY-03: invoice \(id) is settled beyond its total") }
            if minor != 0 {
                owed[invoice.account.balanceKey, default: 0] += minor
                open[id] = minor
            }
            return .next
        }
        try view.openItems.scanAll(in: transaction) { key, item in
            try count()
            let id = key.second.second
            if open.removeValue(forKey: id) != item.minor { faults.append("invoice \(id) is open by another amount") }
            return .next
        }
        faults += open.keys.sorted().map { "invoice \($0) is open and not found by its date" }
    }

    /// INV-PAY-02 and -12: of no payment and no credit note more is used than there is.
    private mutating func takeCredits(in transaction: borrowing ReadTransaction, _ count: () throws -> Void) throws {
        try view.credits.scanAll(in: transaction) { id, credit in
            try count()
            if credit.freeMinor < 0 { faults.append("INV-PAY-02: more is used of \(id) than there is") }
            left[credit.account.balanceKey, default: 0] += credit.freeMinor
            return .next
        }
    }

    private mutating func takeCharges(in transaction: borrowing ReadTransaction, _ count: () throws -> Void) throws {
        try view.charges.scanAll(in: transaction) { _, charge in
            try count()
            if charge.isProposal {
                proposed[charge.posted.client, default: 0] += charge.grossMinor
            } else if charge.isUninvoiced {
                uninvoiced[charge.posted.client, default: 0] += charge.grossMinor
            }
            return .next
        }
    }

    /// B9: what is open is what was issued, less what was credited, allocated and written off; credit is never below zero.
    private mutating func compareAccounts(
        in transaction: borrowing ReadTransaction, _ count: () throws -> Void
    ) throws {
        var explained: [AccountKey: AccountSums] = [:]
        try view.entries.scanAll(in: transaction) { key, entry in
            try count()
            let account = Pair(key.first, key.second.second)
            let sums = explained[account, default: AccountSums()] + entry.change
            if sums != entry.after {
                faults.append("\(Self.words(account)): position \(key.second.first) does not add up")
            }
            explained[account] = sums
            return .next
        }
        try view.accounts.scanAll(in: transaction) { key, sums in
            try count()
            let words = Self.words(key)
            if sums.openMinor != owed.removeValue(forKey: key) ?? 0 { faults.append("B9: open of \(words)") }
            if sums.creditMinor != left.removeValue(forKey: key) ?? 0 { faults.append("B9: credit of \(words)") }
            if sums.creditMinor < 0 { faults.append("INV-PAY-12: credit of \(words) is below zero") }
            let isOwn = key.second == 0
            let charged = isOwn ? uninvoiced.removeValue(forKey: key.first) ?? 0 : 0
            let suggested = isOwn ? proposed.removeValue(forKey: key.first) ?? 0 : 0
            if sums.uninvoiced != charged { faults.append("B10: uninvoiced of \(words)") }
            if sums.proposed != suggested { faults.append("B10: proposed of \(words)") }
            if explained.removeValue(forKey: key) != sums { faults.append("\(words) is not explained by its events") }
            return .next
        }
        for (key, _) in owed.filter({ $0.value != 0 }) {
            faults.append("B9: \(Self.words(key)) owes without an account")
        }
        for (key, _) in left.filter({ $0.value != 0 }) {
            faults.append("B9: \(Self.words(key)) has without an account")
        }
        faults += explained.keys.map { "\(Self.words($0)) has events and no account" }
    }

    /// INV-LEDG-01 and -04: the ledger sums to zero, and its control accounts say what the documents say.
    private mutating func compareLedger(in transaction: borrowing ReadTransaction) throws {
        var sums: [String: Int64] = [:]
        var balances: [String: Int64] = [:]
        try view.trial.scanAll(in: transaction) { key, row in
            sums[String(key.prefix(3)), default: 0] += row.minor
            balances[String(key.dropFirst(4)), default: 0] += row.minor
            return .next
        }
        for (currency, sum) in sums where sum != 0 { faults.append("INV-LEDG-01: \(currency) sums to \(sum)") }
        var clients: Int64 = 0
        var payers: Int64 = 0
        var credit: Int64 = 0
        try view.accounts.scanAll(in: transaction) { key, sums in
            if key.second == 0 { clients += sums.openMinor } else { payers += sums.openMinor }
            credit += sums.creditMinor
            return .next
        }
        for (account, minor) in [
            ("Assets:Receivable:Clients", clients), ("Assets:Receivable:Payers", payers),
            ("Liabilities:Client-Credit", -credit),
        ] where balances[account, default: 0] != minor {
            faults.append("INV-LEDG-04: \(account) is \(balances[account, default: 0]), the documents say \(minor)")
        }
    }

    private static func words(_ key: AccountKey) -> String {
        key.second == 0 ? "client \(key.first)" : "client \(key.first), payer \(key.second)"
    }
}
