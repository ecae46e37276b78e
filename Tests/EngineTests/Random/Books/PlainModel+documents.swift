import Foundation
import Schema

/// Invoices, payments and what is put on what, by the events alone.
extension PlainModel {
    private var books: PlainBooks { clinic.books }

    private func today(_ recorded: Recorded) -> String {
        PlainTime.text(day: PlainTime.local(recorded.header.recordedAt, clinic.zone).day)
    }

    mutating func checkInvoice(_ event: BillingEvent, _ recorded: Recorded) {
        switch event {
        case .invoiceDrafted(let event):
            require(!event.charges.isEmpty && Set(event.charges).count == event.charges.count, "INV-BILL-06: \(event)")
            for id in event.charges {
                let charge = books.charges[id]
                require(charge?.standing == .pending, "INV-BILL-06: \(id) is on another invoice")
                require(charge?.posted.client == event.account.client, "INV-PAY-05: \(id) is another client's")
                let mayBe = !event.account.hasPayer || books.payers[event.account.payer]?.missedAllowed ?? false
                require(mayBe || charge?.isFee == false, "INV-BILL-10: \(id) is a fee")
            }
        case .invoiceDraftDiscarded(let event):
            require(books.invoices[event.invoice]?.standing == .draft, "INV-BILL-05: discarded")
        case .invoiceIssued(let event): check(event, recorded)
        case .invoiceVoided(let event):
            guard let invoice = books.invoices[event.invoice] else { return broken.append("INV-BILL-07: void") }
            require(invoice.standing == .issued && invoice.openMinor == invoice.total, "INV-BILL-07: it was settled")
            require(invoice.creditNotes == 0 && !invoice.charges.isEmpty, "INV-BILL-07: it was credited")
            require(
                event.voidedOn == today(recorded) && invoice.issuedOn.prefix(7) == event.voidedOn.prefix(7),
                "INV-BILL-07: of another month")
            require(event.lines == invoice.lines && event.total.minor == invoice.total, "INV-LEDG-07: not as issued")
        case .creditNoteIssued(let event): check(event, recorded)
        case .writeOffRecorded(let event):
            let open = books.invoices[event.invoice]?.openMinor ?? 0
            require(event.amount.minor > 0 && event.amount.minor <= open, "INV-BILL-17: \(event.amount) of \(open)")
            require(event.account == books.invoices[event.invoice]?.account, "INV-PAY-05: another account")
        case .writeOffReversed(let event):
            let known = books.writeOffs[event.writeOff]
            require(known.map { !$0.isReversed && $0.amount == event.amount.minor } ?? false, "taken back twice")
            require(known?.invoice == event.invoice && known?.reason == event.reason, "INV-LEDG-07: not as written off")
        default: break
        }
    }

    /// INV-BILL-03, -05 and -14.
    private mutating func check(_ event: InvoiceIssued, _ recorded: Recorded) {
        guard let invoice = books.invoices[event.invoice] else { return broken.append("INV-BILL-05: no draft") }
        require(invoice.standing == .draft && invoice.account == event.account, "INV-BILL-05: issued twice")
        require(event.lines.map(\.charge) == invoice.charges, "INV-BILL-03: other charges")
        require(event.issuedOn == today(recorded) && event.dueOn >= event.issuedOn, "INV-BILL-14: \(event.dueOn)")
        var (net, tax): (Int64, Int64) = (0, 0)
        for line in event.lines {
            let charge = books.charges[line.charge]
            require(line.net.minor == charge?.posted.line.net.minor, "INV-BILL-02: another net")
            require(line.tax.minor == charge.map { PlainCents.tax(of: $0.posted.line) }, "INV-BILL-02: another tax")
            require(line.gross.minor == line.net.minor + line.tax.minor, "INV-BILL-02: another gross")
            net += line.net.minor
            tax += line.tax.minor
        }
        require(
            event.net.minor == net && event.tax.minor == tax && event.total.minor == net + tax, "INV-BILL-03: the sums")
    }

    /// INV-BILL-08: of no line more than there is; of a whole line exactly its net and its tax.
    private mutating func check(_ event: CreditNoteIssued, _ recorded: Recorded) {
        guard let invoice = books.invoices[event.invoice], invoice.standing == .issued else {
            return broken.append("INV-BILL-08: of no invoice")
        }
        require(event.account == invoice.account && event.issuedOn == today(recorded), "INV-PAY-05: another account")
        require(event.total.minor == event.lines.reduce(0) { $0 + $1.gross.minor }, "INV-BILL-03: the sum")
        require(
            event.total.minor <= invoice.total - invoice.creditNotes - invoice.writtenOff,
            "INV-PAY-03: credited and written off")
        for part in event.lines {
            guard invoice.lines.indices.contains(Int(part.line)) else { return broken.append("INV-BILL-08: no line") }
            let (line, before) = (invoice.lines[Int(part.line)], invoice.creditedOfLine[Int(part.line)])
            let after = before + part.gross.minor
            require(part.gross.minor > 0 && after <= line.gross.minor, "INV-BILL-08: more than the line")
            require(part.net.minor + part.tax.minor == part.gross.minor, "INV-BILL-02: another gross")
            let parted = { PlainCents.net(ofGross: $0, line.net.minor, line.tax.minor) }
            require(part.net.minor == parted(after) - parted(before), "INV-BILL-08: net and tax of a part")
        }
    }

    mutating func checkPayment(_ event: BillingEvent, _ recorded: Recorded) {
        switch event {
        case .creditApplied(let event):
            checkUse(event.creditNote, event.invoice, event.account, event.amount.minor, isPayment: false)
            require(event.appliedOn == today(recorded), "INV-LEDG-02: on another day")
        case .paymentRecorded(let event):
            require(event.amount.minor > 0, "INV-PAY-01: \(event.amount)")
            require(event.amount.currency == clinic.practice.currency, "INV-PAY-04: \(event.amount)")
            let key = PlainBooks.referenceKey(event.method, event.reference)
            require(key.map { books.references[$0] == nil } ?? true, "INV-PAY-08: a reference twice")
            require(!PlainMoneyAsk.holdsCard(event.reference), "INV-PAY-09: the number of a card")
            require(event.receivedOn <= today(recorded), "INV-SYS-13: it is still to come")
        case .paymentAllocated(let event):
            checkUse(event.payment, event.invoice, event.account, event.amount.minor, isPayment: true)
            require(event.allocatedOn == today(recorded), "INV-LEDG-02: on another day")
        case .allocationReversed(let event):
            let known = books.allocations[event.allocation]
            require(known.map { !$0.isReversed } ?? false, "INV-PAY-07: reversed twice")
            require(
                known?.amount == event.amount.minor && known?.payment == event.payment
                    && known?.invoice == event.invoice, "INV-LEDG-07: not as allocated")
        case .paymentReversed(let event):
            let known = books.credits[event.payment]
            require(known?.allocations == [] && known?.reversed == 0, "INV-PAY-07: something of it is on an invoice")
            require(known.map { $0.amount - $0.refunded } == event.amount.minor, "INV-PAY-07: another amount")
            require(known?.method == event.method && known?.account == event.account, "INV-LEDG-07: another way")
        case .refundIssued(let event):
            let source = books.credits[event.hasPayment ? event.payment : event.creditNote]
            require(event.hasPayment != event.hasCreditNote, "INV-PAY-06: from what")
            let free = source?.freeMinor ?? 0
            require(event.amount.minor > 0 && event.amount.minor <= free, "INV-PAY-06: \(event.amount) of \(free)")
            require(source?.account == event.account, "INV-PAY-05: another account")
            let role = recorded.header.role
            let done = books.refunded(like: event.hasPayment ? event.payment : event.creditNote)
            require(role != .biller || done + event.amount.minor <= 10_000, "INV-PAY-06: by a biller")
        case .openingBalanceImported(let event): require(event.amount.minor != 0, "INV-PAY-01: \(event.amount)")
        default: break
        }
    }

    /// INV-PAY-02, -03 and -05.
    private mutating func checkUse(
        _ credit: UInt64, _ invoice: UInt64, _ account: Account, _ minor: Int64, isPayment: Bool
    ) {
        guard let credit = books.credits[credit], let invoice = books.invoices[invoice] else {
            return broken.append("INV-PAY-02: nothing pays nothing")
        }
        require((credit.kind == .payment) == isPayment, "INV-PAY-02: another kind of credit")
        require(minor > 0 && minor <= credit.freeMinor, "INV-PAY-02: \(minor) of \(credit.freeMinor)")
        require(minor <= invoice.openMinor, "INV-PAY-03: \(minor) of \(invoice.openMinor)")
        require(credit.account == account && invoice.account == account, "INV-PAY-05: another account")
    }
}
