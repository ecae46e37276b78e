import Schema

/// The ledger as plain text that hledger and ledger read alike (domain.md 4.10): a function of the rows alone, and without
/// anybody's name (INV-LEDG-06, -09).
public enum JournalText {
    /// The whole file: its directives, then a transaction for each row.
    public static func lines(of rows: [JournalRow], currency: String) -> [String] {
        let currencies = Set(rows.flatMap { $0.postings.map(\.amount.currency) } + [currency]).sorted()
        let accounts = Set(rows.flatMap { $0.postings.map(\.account) }).sorted()
        var lines = ["; daybook plain-text export v1"]
        lines += currencies.map { "commodity \($0)" }
        lines += [""] + accounts.map { "account \($0)" }
        lines += ["", "tag event"]
        for row in rows { lines += [""] + transaction(row) }
        return lines
    }

    private static func transaction(_ row: JournalRow) -> [String] {
        let code = row.hasNumber ? "(\(plain(row.number))) " : ""
        return ["\(row.date) * \(code)\(plain(row.title))", "    ; event: \(row.position)"]
            + row.postings.map { posting in
                "    \(posting.account)  \(MoneyText.text(posting.amount))"
            }
    }

    /// A semicolon begins a comment, a bar parts payee and note, a bracket ends a code.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.isNewline || ";|()".contains($0) ? " " : $0 })
    }
}
