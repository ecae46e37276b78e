import LMDBKit
import Ledger
import ProjectionKit
import Schema
import SwiftProtobuf

extension BalancesView {
    /// Writes a transaction into the journal, and its postings into the trial balance.
    func book(_ transaction: LedgerTransaction, _ recorded: Recorded, _ view: ViewWriter) throws {
        guard !transaction.postings.isEmpty else { return }
        // A document of its own goes by that; what happens to another one goes by the number of that.
        var numbers = try transaction.documents.compactMap { try view.get(numberOf, $0)?.value }
        var row = JournalRow()
        row.position = recorded.position
        row.date = transaction.date
        let number = transaction.number ?? (numbers.isEmpty ? nil : numbers.removeFirst())
        if let number { row.number = number }
        row.title = ([transaction.title] + numbers).joined(separator: " ")
        row.postings = transaction.postings.map { posting in
            .with {
                $0.account = posting.account.name
                $0.amount = Money(posting.minor, transaction.currency)
            }
        }
        try view.put(journal, recorded.position, row)
        for posting in transaction.postings {
            let key = "\(transaction.currency) \(posting.account.name)"
            let sum = (try view.get(trial, key)?.minor ?? 0) + posting.minor
            try view.put(trial, key, .with { $0.minor = sum })
        }
    }
}

extension Money {
    init(_ minor: Int64, _ currency: String) {
        self.init()
        self.minor = minor
        self.currency = currency
    }
}
