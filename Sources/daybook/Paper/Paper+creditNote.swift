import Schema

extension Paper {
    /// A credit note, which takes an invoice back in whole or in part.
    ///
    /// - Throws: `UsageError` when the invoice has none of that number.
    init(creditNote number: String, of answer: ShowInvoiceAnswer) throws {
        let paper = answer.paper
        guard let note = answer.creditNotes.first(where: { $0.number == number }) else {
            throw UsageError("\(answer.row.number) has no credit note \(number).")
        }
        let locale = PaperLocale(jurisdiction: paper.jurisdiction)
        self.locale = locale
        title = "Credit note"
        self.number = note.number
        issuer = Party(issuerOf: paper)
        addressee = Party(addresseeOf: answer)
        lines = note.lines.map { part in
            let line = paper.lines.indices.contains(Int(part.line)) ? paper.lines[Int(part.line)] : InvoiceLine()
            return Line(
                date: line.serviceDate, what: line.description_p,
                tax: part.hasTaxCode ? "\(part.taxCode) \(locale.percent(basisPoints: line.taxBasisPoints))" : "",
                amount: part.net)
        }
        facts = [
            Fact("Issued", locale.date(note.issuedOn)), Fact("For invoice", answer.row.number),
            Fact("Invoice issued", locale.date(answer.row.issuedOn)),
        ]
        if answer.row.account.hasPayer { facts.append(Fact("Client", answer.row.account.clientCode)) }
        sums = Self.taxes(note)
        result = Sum(label: "Total credited", amount: note.total, isTotal: true)
        remarks = Self.use(note, locale)
    }

    private static func taxes(_ note: CreditNoteRow) -> [Sum] {
        let currency = note.total.currency
        let taxed = note.lines.filter(\.hasTaxCode)
        guard !taxed.isEmpty else { return [] }
        let byCode = Dictionary(grouping: taxed, by: \.taxCode)
        return [Sum(label: "Net", amount: Money(note.lines.reduce(0) { $0 + $1.net.minor }, currency))]
            + byCode.sorted { $0.key < $1.key }.map { code, lines in
                Sum(label: code, amount: Money(lines.reduce(0) { $0 + $1.tax.minor }, currency))
            }
    }

    /// What became of the credit.
    private static func use(_ note: CreditNoteRow, _ locale: PaperLocale) -> [String] {
        [
            (note.used, "was used for invoices"), (note.refunded, "was paid back"),
            (note.credit, "is left as credit for invoices to come"),
        ].filter { $0.0.minor > 0 }.map { "\(locale.amount($0.0)) \($0.1)." }
    }
}
