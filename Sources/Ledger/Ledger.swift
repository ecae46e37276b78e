import Schema

/// The ledger as a function of the log: table 4.9 of the domain's reference, one event at a time (INV-LEDG-02).
public enum Ledger {
    /// The transaction of an event; nil for one that moves nothing. Income is recognised when an invoice is issued, and a
    /// line's income is what was agreed on: a discount is no account of its own.
    public static func transaction(of event: AnyEvent) -> LedgerTransaction? {
        guard case .billing(let event) = event else { return nil }
        return transaction(of: event)
    }

    public static func transaction(of event: BillingEvent) -> LedgerTransaction? {
        switch event {
        case .taxCodeDefined, .payerDefined, .chargePosted, .chargeAdjusted, .chargeVoided, .feeWaived, .invoiceDrafted,
            .invoiceDraftDiscarded:
            nil
        case .invoiceIssued(let event): issue(event)
        case .invoiceVoided(let event): void(event)
        case .creditNoteIssued(let event): credit(event)
        case .creditApplied(let event):
            use(
                "Credit applied", on: event.appliedOn, event.account, event.amount,
                [event.creditNote, event.invoice])
        case .paymentAllocated(let event):
            use(
                "Payment allocated", on: event.allocatedOn, event.account, event.amount,
                [event.payment, event.invoice])
        case .allocationReversed(let event):
            use(
                "Allocation reversed", on: event.reversedOn, event.account, event.amount,
                [event.payment, event.invoice], sign: -1)
        case .paymentRecorded(let event):
            receive("Payment recorded", on: event.receivedOn, event.account, event.amount, event.method, event.number)
        case .paymentReversed(let event):
            receive(
                "Payment reversed", on: event.reversedOn, event.account, event.amount, event.method, nil,
                [event.payment], sign: -1)
        case .refundIssued(let event):
            receive(
                "Refund issued", on: event.refundedOn, event.account, event.amount, event.method, event.number,
                [event.hasPayment ? event.payment : event.creditNote], sign: -1)
        case .writeOffRecorded(let event):
            lose(
                "Write-off", on: event.writtenOffOn, event.account, event.amount, event.reason, event.number,
                [event.invoice])
        case .writeOffReversed(let event):
            lose(
                "Write-off reversed", on: event.reversedOn, event.account, event.amount, event.reason, nil,
                [event.writeOff, event.invoice], sign: -1)
        case .openingBalanceImported(let event):
            open(
                "Opening balance imported", on: event.asOf, event.account, event.amount, number: event.number)
        case .openingBalanceWithdrawn(let event):
            open(
                "Opening balance withdrawn", on: event.withdrawnOn, event.account, event.amount,
                [event.openingBalance], sign: -1)
        }
    }

    private static func issue(_ event: InvoiceIssued) -> LedgerTransaction {
        LedgerTransaction(
            "Invoice issued", on: event.issuedOn, number: event.number, whose: event.account,
            currency: event.total.currency, invoice(event.account, event.lines, event.total.minor, sign: 1))
    }

    private static func void(_ event: InvoiceVoided) -> LedgerTransaction {
        LedgerTransaction(
            "Invoice voided", on: event.voidedOn, whose: event.account, documents: [event.invoice],
            currency: event.total.currency, invoice(event.account, event.lines, event.total.minor, sign: -1))
    }

    private static func invoice(
        _ account: Account, _ lines: [InvoiceLine], _ totalMinor: Int64, sign: Int64
    ) -> [Posting] {
        var postings = [Posting(.receivable(of: account), sign * totalMinor)]
        for line in lines {
            postings.append(Posting(.income(of: line.kind), -sign * line.net.minor))
            if line.tax.minor != 0 { postings.append(Posting(.tax(line.taxCode), -sign * line.tax.minor)) }
        }
        return postings
    }

    private static func credit(_ event: CreditNoteIssued) -> LedgerTransaction {
        var postings: [Posting] = []
        for line in event.lines {
            postings.append(Posting(.income(of: line.kind), line.net.minor))
            if line.tax.minor != 0 { postings.append(Posting(.tax(line.taxCode), line.tax.minor)) }
        }
        postings.append(Posting(.clientCredit, -event.total.minor))
        return LedgerTransaction(
            "Credit note issued", on: event.issuedOn, number: event.number, whose: event.account,
            documents: [event.invoice], currency: event.total.currency, postings)
    }

    /// Credit pays what is owed.
    private static func use(
        _ title: String, on date: String, _ account: Account, _ amount: Money, _ documents: [UInt64], sign: Int64 = 1
    ) -> LedgerTransaction {
        LedgerTransaction(
            title, on: date, whose: account, documents: documents, currency: amount.currency,
            [
                Posting(.clientCredit, sign * amount.minor),
                Posting(.receivable(of: account), -sign * amount.minor),
            ])
    }

    /// Money comes in as credit; with a sign below zero it goes out.
    private static func receive(
        _ title: String, on date: String, _ account: Account, _ amount: Money, _ method: PaymentMethod.Value,
        _ number: String?, _ documents: [UInt64] = [], sign: Int64 = 1
    ) -> LedgerTransaction {
        LedgerTransaction(
            title, on: date, number: number, whose: account, documents: documents, currency: amount.currency,
            [Posting(.clearing(method), sign * amount.minor), Posting(.clientCredit, -sign * amount.minor)])
    }

    private static func lose(
        _ title: String, on date: String, _ account: Account, _ amount: Money, _ reason: WriteOffReason.Value,
        _ number: String?, _ documents: [UInt64], sign: Int64 = 1
    ) -> LedgerTransaction {
        LedgerTransaction(
            title, on: date, number: number, whose: account, documents: documents, currency: amount.currency,
            [Posting(.loss(for: reason), sign * amount.minor), Posting(.receivable(of: account), -sign * amount.minor)])
    }

    /// What is owed is a receivable, what is below zero is credit; a row that was settled before moves nothing.
    private static func open(
        _ title: String, on date: String, _ account: Account, _ amount: Money, number: String? = nil,
        _ documents: [UInt64] = [], sign: Int64 = 1
    ) -> LedgerTransaction {
        let other: LedgerAccount = amount.minor > 0 ? .receivable(of: account) : .clientCredit
        return LedgerTransaction(
            title, on: date, number: number, whose: account, documents: documents, currency: amount.currency,
            amount.minor == 0
                ? [] : [Posting(other, sign * amount.minor), Posting(.openingBalances, -sign * amount.minor)])
    }
}
