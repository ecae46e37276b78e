import Schema

/// What is owed and paid, as tables.
enum MoneyViews {
    static func balances(_ rows: [BalanceRow]) -> Table {
        Table(
            [
                Table.Column("Account"), .number("Open"), .number("Credit"), .number("Uninvoiced"),
                .number("Proposed fees"),
            ],
            rows.map { row in
                [
                    row.account.label, row.open.shown, row.credit.shown, row.uninvoiced.shown,
                    row.proposed.shownIfAny,
                ]
            })
    }

    static func ageing(_ answer: AgeingAnswer) -> Table {
        var rows = answer.rows.map { cells($0.account.label, $0) }
        if !rows.isEmpty { rows.append(cells("In all", answer.total)) }
        return Table(
            [
                Table.Column("Account"), .number("Not due"), .number("1–30 days"), .number("31–60"),
                .number("61–90"), .number("91 and more"), .number("Open"),
            ], rows)
    }

    private static func cells(_ label: String, _ row: AgeingRow) -> [String] {
        [
            label, row.current.shownIfAny, row.days1To30.shownIfAny, row.days31To60.shownIfAny,
            row.days61To90.shownIfAny, row.days91AndMore.shownIfAny, row.open.shown,
        ]
    }

    static func charges(_ rows: [ChargeRow]) -> Table {
        Table(
            [
                .fixed("Date"), Table.Column("Client"), .fixed("For"), .number("Amount"), .fixed("Stands"),
                .number("Invoice"), .number("Id"),
            ],
            rows.map { row in
                [
                    row.serviceDate, row.account.clientLabel, row.kind.word, row.gross.shown, stands(row),
                    row.hasInvoice ? "\(row.invoice)" : "", "\(row.id)",
                ]
            })
    }

    private static func stands(_ row: ChargeRow) -> String {
        row.proposed && row.standing == .pending ? "proposed" : "\(row.standing)".spaced
    }

    static func invoices(_ rows: [InvoiceRow]) -> Table {
        Table(
            [
                .fixed("Number"), Table.Column("Account"), .fixed("Issued"), .fixed("Due"), .number("Total"),
                .number("Open"), .fixed("Stands"), .number("Id"),
            ],
            rows.map { row in
                [
                    row.number, row.account.label, row.issuedOn, row.dueOn, row.total.shown, row.open.shownIfAny,
                    row.stands, "\(row.id)",
                ]
            })
    }

    static func payments(_ rows: [PaymentRow]) -> Table {
        Table(
            [
                .fixed("Number"), .fixed("Date"), Table.Column("Account"), .fixed("By"), .number("Amount"),
                .number("Used"), .number("Left"), .fixed("Note"), .number("Id"),
            ],
            rows.map { row in
                let note = row.reversed.minor > 0 ? "reversed" : row.refunded.minor > 0 ? "refunded" : ""
                return [
                    row.number, row.receivedOn, row.account.label,
                    row.hasMethod ? "\(row.method)".spaced : row.kind.spaced, row.amount.shown, row.used.shownIfAny,
                    row.credit.shownIfAny, note, "\(row.id)",
                ]
            })
    }

    static func payers(_ rows: [PayerRow]) -> Table {
        Table(
            [Table.Column("Name"), Table.Column("Address"), .number("Due after"), .fixed("Missed"), .number("Id")],
            rows.map { row in
                let address = row.address.split(whereSeparator: \.isNewline).joined(separator: ", ")
                return [
                    row.name, address, "\(row.dueDays) days", row.missedAllowed ? "charged" : "", "\(row.id)",
                ]
            })
    }

    static func trial(_ answer: TrialBalanceAnswer) -> Table {
        var rows = answer.rows.map { row in
            let isDebit = row.balance.minor >= 0
            return [row.account, isDebit ? row.balance.shown : "", isDebit ? "" : row.balance.negated.shown]
        }
        if !rows.isEmpty { rows.append(["Sum", answer.sum.shown, ""]) }
        return Table([Table.Column("Account"), .number("Debit"), .number("Credit")], rows)
    }

    /// Each event with what it changed, and the account as it is then.
    static func entries(_ rows: [BalanceEntryRow]) -> Table {
        Table(
            [
                .fixed("Date"), Table.Column("What"), .fixed("Document"), Table.Column("Payer"), .number("Open"),
                .number("Credit"), .number("Uninvoiced"), .number("Proposed"), .number("Open then"),
                .number("Credit then"), .number("Id"), .number("Position"),
            ],
            rows.map { row in
                [
                    row.date, row.event.spaced.trimmedStart, document(row), row.payerLabel,
                    row.open.signed, row.credit.signed, row.uninvoiced.signed, row.proposed.signed,
                    row.openAfter.shown, row.creditAfter.shown, "\(row.subject)", "\(row.position)",
                ]
            })
    }

    private static func document(_ row: BalanceEntryRow) -> String {
        guard row.hasInvoiceNumber, row.invoiceNumber != row.number else { return row.number }
        return row.number.isEmpty ? row.invoiceNumber : "\(row.number) → \(row.invoiceNumber)"
    }
}

extension AccountRow {
    /// The client's name, or number where the name may not be seen; the id where neither is.
    var clientLabel: String {
        let name = [clientGivenName.shown, clientFamilyName.shown].filter { !$0.isEmpty }.joined(separator: " ")
        guard name.isEmpty else { return "\(name) (\(clientNumber))" }
        return clientNumber.isEmpty ? "client \(client)" : clientNumber
    }

    /// The client, and who pays when that is somebody else.
    var label: String { hasPayer ? "\(clientLabel), \(payerName)" : clientLabel }
}

extension BalanceEntryRow {
    var payerLabel: String { hasPayerName ? payerName : hasPayer ? "\(payer)" : "" }
}

extension InvoiceRow {
    /// Its credit notes come to its total, whatever they were used for.
    var isCreditedWhole: Bool { total.minor > 0 && creditNotes.minor == total.minor }

    /// As people say it: a sum that is paid is no matter of its own (domain.md 4.1).
    var stands: String {
        guard standing == .issued else { return "\(standing)".spaced }
        guard open.minor > 0 else { return isCreditedWhole ? "credited" : "settled" }
        if hasDaysPastDue { return "\(daysPastDue) days past due" }
        return open.minor < total.minor ? "partly paid" : "open"
    }
}

extension ChargeKind.Value {
    var word: String { "\(self)".spaced }
}

extension Money {
    var negated: Money {
        var money = self
        money.minor = -minor
        return money
    }

    /// Nothing for nothing, so that a column of nothing is not shown.
    var shownIfAny: String { minor == 0 ? "" : shown }

    /// A change: with its sign.
    var signed: String { minor > 0 ? "+" + shown : shownIfAny }
}
