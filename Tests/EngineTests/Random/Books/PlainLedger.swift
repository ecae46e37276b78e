import Schema

/// Table 4.9 of the domain's reference once more: what each event moves, minor units, debit above zero.
enum PlainLedger {
    static func postings(of event: BillingEvent) -> [(String, Int64)] {
        switch event {
        case .taxCodeDefined, .payerDefined, .chargePosted, .chargeAdjusted, .chargeVoided, .feeWaived, .invoiceDrafted,
            .invoiceDraftDiscarded:
            []
        case .invoiceIssued(let event): invoice(event.account, event.lines, 1)
        case .invoiceVoided(let event): invoice(event.account, event.lines, -1)
        case .creditNoteIssued(let event):
            event.lines.flatMap { line in
                [
                    (income(line.kind), line.net.minor), ("Liabilities:Tax:\(line.taxCode)", line.tax.minor),
                    (credit, -line.gross.minor),
                ]
            }
        case .creditApplied(let event): settle(event.account, event.amount.minor)
        case .paymentAllocated(let event): settle(event.account, event.amount.minor)
        case .allocationReversed(let event): settle(event.account, -event.amount.minor)
        case .paymentRecorded(let event): receive(event.method, event.amount.minor)
        case .paymentReversed(let event): receive(event.method, -event.amount.minor)
        case .refundIssued(let event): receive(event.method, -event.amount.minor)
        case .writeOffRecorded(let event): lose(event.reason, event.account, event.amount.minor)
        case .writeOffReversed(let event): lose(event.reason, event.account, -event.amount.minor)
        case .openingBalanceImported(let event):
            [
                (event.amount.minor > 0 ? owed(event.account) : credit, event.amount.minor),
                ("Equity:Opening-Balances", -event.amount.minor),
            ]
        case .openingBalanceWithdrawn(let event):
            [
                (event.amount.minor > 0 ? owed(event.account) : credit, -event.amount.minor),
                ("Equity:Opening-Balances", event.amount.minor),
            ]
        }
    }

    private static let credit = "Liabilities:Client-Credit"

    private static func owed(_ account: Account) -> String {
        account.hasPayer ? "Assets:Receivable:Payers" : "Assets:Receivable:Clients"
    }

    private static func income(_ kind: ChargeKind.Value) -> String {
        switch kind {
        case .lateCancel: "Income:Late-Cancel-Fees"
        case .noShow: "Income:No-Show-Fees"
        default: "Income:Services"
        }
    }

    private static func invoice(_ account: Account, _ lines: [InvoiceLine], _ sign: Int64) -> [(String, Int64)] {
        lines.flatMap { line in
            [
                (owed(account), sign * line.gross.minor), (income(line.kind), -sign * line.net.minor),
                ("Liabilities:Tax:\(line.taxCode)", -sign * line.tax.minor),
            ]
        }
    }

    private static func settle(_ account: Account, _ minor: Int64) -> [(String, Int64)] {
        [(credit, minor), (owed(account), -minor)]
    }

    private static func receive(_ method: PaymentMethod.Value, _ minor: Int64) -> [(String, Int64)] {
        let words: [PaymentMethod.Value: String] = [
            .cash: "Cash", .card: "Card", .cheque: "Cheque", .transfer: "Transfer", .directDebit: "Direct-Debit",
        ]
        return [("Assets:Clearing:\(words[method] ?? "Other")", minor), (credit, -minor)]
    }

    private static func lose(_ reason: WriteOffReason.Value, _ account: Account, _ minor: Int64) -> [(String, Int64)] {
        let words: [WriteOffReason.Value: String] = [
            .smallBalance: "Expenses:Courtesy-Adjustments", .courtesy: "Expenses:Courtesy-Adjustments",
            .contractual: "Income:Contractual-Adjustments",
        ]
        return [(words[reason] ?? "Expenses:Bad-Debt", minor), (owed(account), -minor)]
    }
}
