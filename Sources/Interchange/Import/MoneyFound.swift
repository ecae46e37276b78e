/// What the rows that can be read say of money, for a person to hold beside the sheet's own sums.
public struct MoneyFound: Sendable, Encodable {
    /// Rows that say something from which anything follows.
    public let rows: Int
    public let fees: MoneySum
    public let paid: MoneySum
    /// What is owed by those that were paid less than the fee.
    public let open: MoneySum
    /// What those paid that were paid more, or ahead.
    public let credit: MoneySum
    /// Rows with a fee that nobody asks for: cancelled, missed, waived, or still to come.
    public let notAskedRows: Int
    public let notAsked: MoneySum
    /// Rows of which the money is left, each with the column at fault and why.
    public let left: [Left]

    public struct Left: Sendable, Encodable {
        public let sheet: SheetKind
        public let reference: String
        public let line: Int
        /// As the sheet heads it.
        public let column: String
        public let because: String
    }

    private enum CodingKeys: String, CodingKey {
        case rows, fees, paid, open, credit
        case notAskedRows = "not_asked_rows"
        case notAsked = "not_asked"
        case left
    }

    init(_ rows: [AppointmentRow], currency: String, headings: [AppointmentColumn: String]) {
        let moneys = rows.compactMap { try? $0.money?.get() }
        let silent = rows.filter { $0.money == nil && ($0.price?.minorUnits ?? 0) > 0 }
        func sum(_ minors: [Int64]) -> MoneySum { MoneySum(minor: minors.reduce(0, +), currency: currency) }
        self.rows = moneys.count
        fees = sum(moneys.map(\.feeMinor))
        paid = sum(moneys.map(\.paidMinor))
        open = sum(moneys.map { max(0, $0.feeMinor - $0.paidMinor) })
        credit = sum(moneys.map { max(0, $0.paidMinor - $0.feeMinor) })
        notAskedRows = silent.count
        notAsked = sum(silent.map { $0.price?.minorUnits ?? 0 })
        left = rows.compactMap { row -> Left? in
            guard case .failure(let fault)? = row.money else { return nil }
            return Left(
                sheet: .appointments, reference: row.reference, line: row.line,
                column: headings[fault.column] ?? fault.column.rawValue, because: fault.reason.description)
        }
    }
}

/// An amount as the API writes it.
public struct MoneySum: Sendable, Hashable, Encodable {
    public let minor: Int64
    /// ISO 4217.
    public let currency: String

    public init(minor: Int64, currency: String) {
        self.minor = minor
        self.currency = currency
    }
}
