import Schema

/// One line of a transaction.
public struct Posting: Hashable, Sendable {
    public var account: LedgerAccount
    /// Minor units: debit above zero, credit below.
    public var minor: Int64

    public init(_ account: LedgerAccount, _ minor: Int64) {
        self.account = account
        self.minor = minor
    }
}

/// What one event means in the ledger; its postings sum to zero (INV-LEDG-01).
public struct LedgerTransaction: Hashable, Sendable {
    /// YYYY-MM-DD.
    public var date: String
    /// The human number of the document, as INV-2026-000001; nil for what has none of its own.
    public var number: String?
    /// What happened, without anybody's name (INV-LEDG-09).
    public var title: String
    /// Whose money it is.
    public var whose: Account
    /// The invoice, payment or other document that it is about beside its own.
    public var documents: [UInt64]
    /// ISO 4217.
    public var currency: String
    /// One for each account, in order of the accounts' first mention, none of them 0.
    public var postings: [Posting]

    init(
        _ title: String, on date: String, number: String? = nil, whose: Account, documents: [UInt64] = [],
        currency: String, _ postings: [Posting]
    ) {
        self.date = date
        self.number = number
        self.title = title
        self.whose = whose
        self.documents = documents
        self.currency = currency
        self.postings = Self.summed(postings)
    }

    private static func summed(_ postings: [Posting]) -> [Posting] {
        var summed: [Posting] = []
        for posting in postings {
            if let index = summed.firstIndex(where: { $0.account == posting.account }) {
                summed[index].minor += posting.minor
            } else {
                summed.append(posting)
            }
        }
        return summed.filter { $0.minor != 0 }
    }
}
