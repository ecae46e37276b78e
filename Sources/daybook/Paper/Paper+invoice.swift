import Schema

extension Paper {
    /// An invoice as it was issued, and what came in for it since.
    ///
    /// - Parameter today: YYYY-MM-DD of what is said to be open.
    /// - Throws: `UsageError` for what has no paper.
    init(invoice answer: ShowInvoiceAnswer, today: String) throws {
        let row = answer.row
        let paper = answer.paper
        guard answer.hasPaper else { throw Self.hasNone(row) }
        let locale = PaperLocale(jurisdiction: paper.jurisdiction)
        self.locale = locale
        title = "Invoice"
        number = row.number
        issuer = Party(issuerOf: paper)
        addressee = Party(addresseeOf: answer)
        lines = paper.lines.map { Line($0, locale) }
        facts = [Fact("Issued", locale.date(row.issuedOn)), Fact("Due", locale.date(row.dueOn))]
        if row.account.hasPayer { facts.append(Fact("Client", row.account.clientCode)) }
        if row.open.minor > 0 { facts.append(Fact("Amount due", locale.amount(row.open), isStrong: true)) }
        sums = Self.taxes(paper.lines, locale) + [Sum(label: "Total", amount: row.total, isTotal: true)]
        sums += answer.entries.compactMap { Sum($0, locale) }
        mark = Self.mark(answer, locale)
        result = Sum(
            label: "Amount due", detail: row.open.minor > 0 ? "by \(locale.date(row.dueOn))" : "", amount: row.open,
            isTotal: true)
        payment = Self.payment(row, paper)
        remarks = Self.exemptions(paper) + ["The amount due is as of \(locale.date(today))."]
    }

    private static func hasNone(_ row: InvoiceRow) -> UsageError {
        switch row.standing {
        case .draft: UsageError("Draft \(row.id) has no number yet. Issue it first: daybook invoice issue \(row.id)")
        case .discarded: UsageError("Draft \(row.id) was thrown away; there is nothing to print.")
        default: UsageError("\(row.number) was owed in the books before these, which have the paper.")
        }
    }

    /// What a reader must not overlook: that nothing, or nothing more, is to be paid.
    private static func mark(_ answer: ShowInvoiceAnswer, _ locale: PaperLocale) -> (word: String, sentence: String)? {
        let row = answer.row
        if row.standing == .void {
            let date = answer.entries.last { $0.event == "InvoiceVoided" }?.date
            let when = date.map { " on \(locale.date($0))" } ?? ""
            return ("Void", "This invoice was taken back\(when). Nothing is owed on it.")
        }
        guard row.open.minor == 0, row.total.minor > 0 else { return nil }
        if row.isCreditedWhole { return ("Credited", "This invoice was credited to its whole.") }
        return ("Settled", "Nothing more is to be paid on this invoice. Thank you.")
    }

    private static func payment(_ row: InvoiceRow, _ paper: InvoicePaper) -> Payment? {
        guard row.standing == .issued, row.open.minor > 0 else { return nil }
        return Payment(
            instructions: paper.profile.paymentInstructions,
            sentence: "Please give \(row.number) as the reference.")
    }

    /// Net and tax by rate; nothing where no line has a tax code.
    private static func taxes(_ lines: [InvoiceLine], _ locale: PaperLocale) -> [Sum] {
        guard let first = lines.first, lines.contains(where: \.hasTaxCode) else { return [] }
        let currency = first.net.currency
        let net = Sum(label: "Net", amount: Money(lines.reduce(0) { $0 + $1.net.minor }, currency))
        let byRate = Dictionary(grouping: lines.filter(\.hasTaxCode)) {
            TaxRate(code: $0.taxCode, points: $0.taxBasisPoints)
        }
        return [net]
            + byRate.sorted { $0.key < $1.key }.map { rate, lines in
                let base = locale.amount(Money(lines.reduce(0) { $0 + $1.net.minor }, currency))
                return Sum(
                    label: "\(rate.code) \(locale.percent(basisPoints: rate.points))", detail: "on \(base)",
                    amount: Money(lines.reduce(0) { $0 + $1.tax.minor }, currency))
            }
    }

    private static func exemptions(_ paper: InvoicePaper) -> [String] {
        var seen: Set<String> = []
        return paper.taxes.filter { !$0.exemption.isEmpty }.map { "\($0.code): \($0.exemption)" }
            .filter { seen.insert($0).inserted }
    }
}

private struct TaxRate: Hashable, Comparable {
    var code: String
    var points: UInt32

    static func < (left: TaxRate, right: TaxRate) -> Bool { (left.code, left.points) < (right.code, right.points) }
}

extension Paper.Line {
    fileprivate init(_ line: InvoiceLine, _ locale: PaperLocale) {
        self.init(
            date: line.serviceDate, what: line.description_p, quantity: line.quantity, unit: line.unit,
            discount: line.discount,
            tax: line.hasTaxCode ? "\(line.taxCode) \(locale.percent(basisPoints: line.taxBasisPoints))" : "",
            amount: line.net)
    }
}

extension Paper.Sum {
    /// What came in for an invoice or was taken off it; nil for what is its issue itself.
    fileprivate init?(_ entry: BalanceEntryRow, _ locale: PaperLocale) {
        let words: String
        switch entry.event {
        case "PaymentAllocated": words = "Paid"
        case "AllocationReversed": words = "Payment taken back"
        case "CreditApplied": words = "Credit"
        case "WriteOffRecorded": words = "Written off"
        case "WriteOffReversed": words = "Write-off taken back"
        case "InvoiceVoided": words = "Taken back"
        default: return nil
        }
        guard entry.open.minor != 0 else { return nil }
        let number = entry.number == entry.invoiceNumber ? "" : entry.number
        self.init(
            label: words,
            detail: [locale.shortDate(entry.date), number].filter { !$0.isEmpty }.joined(separator: ", "),
            amount: entry.open)
    }
}

extension Money {
    init(_ minor: Int64, _ currency: String) {
        self.init()
        self.minor = minor
        self.currency = currency
    }
}
