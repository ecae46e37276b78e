import Schema

extension PlainBooks {
    /// Folds one event in.
    mutating func take(_ event: BillingEvent, at position: UInt64) {
        for (account, minor) in PlainLedger.postings(of: event) { ledger[account, default: 0] += minor }
        if let number = event.documentNumber { take(number) }
        switch event {
        case .taxCodeDefined(let event): rates[event.code, default: []].append(event)
        case .payerDefined(let event): payers[position] = event
        case .chargePosted(let event):
            charges[position] = Charge(posted: event)
            charges[position]?.posted.clearRemark()
            if event.hasAppointment { chargesOfAppointment[event.appointment, default: []].append(position) }
            refresh(charge: position, at: position)
        case .chargeAdjusted(let event):
            charges[event.charge]?.posted.line = event.line
            refresh(charge: event.charge, at: position)
        case .chargeVoided(let event): set(event.charge, .voided, at: position)
        case .feeWaived(let event): set(event.charge, .waived, at: position)
        case .invoiceDrafted(let event):
            invoices[position] = Invoice(account: event.account, charges: event.charges)
            for charge in event.charges { set(charge, .drafted, on: position, at: position) }
        case .invoiceDraftDiscarded(let event): end(event.invoice, .discarded, at: position)
        case .invoiceIssued(let event): take(event, at: position)
        case .invoiceVoided(let event): end(event.invoice, .void, at: position)
        case .creditNoteIssued(let event): take(event, at: position)
        case .creditApplied(let event): use(event.creditNote, event.invoice, credited: event.amount.minor)
        case .writeOffRecorded(let event):
            writeOffs[position] = WriteOff(invoice: event.invoice, amount: event.amount.minor, reason: event.reason)
            invoices[event.invoice]?.writtenOff += event.amount.minor
            refresh(invoice: event.invoice)
        case .writeOffReversed(let event):
            writeOffs[event.writeOff]?.isReversed = true
            invoices[event.invoice]?.writtenOff -= event.amount.minor
            refresh(invoice: event.invoice)
        case .paymentRecorded, .paymentAllocated, .allocationReversed, .paymentReversed, .refundIssued,
            .openingBalanceImported, .openingBalanceWithdrawn:
            takePayment(event, at: position)
        }
    }

    private mutating func takePayment(_ event: BillingEvent, at position: UInt64) {
        switch event {
        case .paymentRecorded(let event):
            booksMinor += event.amount.minor
            credits[position] = Credit(
                kind: .payment, account: event.account, amount: event.amount.minor, number: event.number,
                method: event.method, reference: event.reference)
            if let key = Self.referenceKey(event.method, event.reference) { references[key] = position }
            refresh(credit: position)
        case .paymentAllocated(let event):
            allocations[position] = Allocation(
                payment: event.payment, invoice: event.invoice, amount: event.amount.minor)
            credits[event.payment]?.allocations.append(position)
            use(event.payment, event.invoice, allocated: event.amount.minor)
        case .allocationReversed(let event):
            allocations[event.allocation]?.isReversed = true
            credits[event.payment]?.allocations.removeAll { $0 == event.allocation }
            use(event.payment, event.invoice, allocated: -event.amount.minor)
        case .paymentReversed(let event):
            credits[event.payment]?.reversed += event.amount.minor
            if event.reason == .error, let payment = credits[event.payment],
                let key = Self.referenceKey(payment.method, payment.reference), references[key] == event.payment
            {
                references[key] = nil
            }
            refresh(credit: event.payment)
        case .refundIssued(let event):
            let source = event.hasPayment ? event.payment : event.creditNote
            credits[source]?.refunded += event.amount.minor
            refresh(credit: source)
        case .openingBalanceImported(let event): take(event, at: position)
        case .openingBalanceWithdrawn(let event):
            credits[event.openingBalance]?.reversed -= event.amount.minor
            if event.amount.minor > 0 { end(event.openingBalance, .void, at: position) }
            feesBefore = feesBefore.filter { $0.value != event.openingBalance }
            refresh(credit: event.openingBalance)
        default: break
        }
    }

    private mutating func take(_ number: String) {
        guard let dash = number.lastIndex(of: "-") else { return }
        counts[String(number[..<dash])] = UInt64(number[number.index(after: dash)...])
    }

    private mutating func take(_ event: InvoiceIssued, at position: UInt64) {
        booksMinor += event.total.minor
        guard var invoice = invoices[event.invoice] else { return }
        invoice.standing = .issued
        invoice.number = event.number
        invoice.issuedOn = event.issuedOn
        invoice.dueOn = event.dueOn
        invoice.lines = event.lines
        invoice.creditedOfLine = event.lines.map { _ in 0 }
        invoice.total = event.total.minor
        invoices[event.invoice] = invoice
        refresh(invoice: event.invoice)
        for line in event.lines { set(line.charge, .invoiced, on: event.invoice, at: position) }
    }

    private mutating func take(_ event: CreditNoteIssued, at position: UInt64) {
        guard var invoice = invoices[event.invoice] else { return }
        var whole: [UInt64] = []
        for part in event.lines where invoice.lines.indices.contains(Int(part.line)) {
            let index = Int(part.line)
            invoice.creditedOfLine[index] += part.gross.minor
            if invoice.creditedOfLine[index] == invoice.lines[index].gross.minor {
                whole.append(invoice.lines[index].charge)
            }
        }
        invoice.creditNotes += event.total.minor
        if invoice.creditNotes == invoice.total {
            whole += invoice.lines.filter { $0.gross.minor == 0 }.map(\.charge)
        }
        invoices[event.invoice] = invoice
        for charge in whole { set(charge, .credited, on: event.invoice, at: position) }
        credits[position] = Credit(
            kind: .creditNote, account: event.account, amount: event.total.minor, number: event.number,
            invoice: event.invoice)
        refresh(credit: position)
    }

    private mutating func take(_ event: OpeningBalanceImported, at position: UInt64) {
        let minor = event.amount.minor
        booksMinor += abs(minor)
        if event.hasAppointment, event.fee.minor > 0 { feesBefore[event.appointment] = position }
        if minor > 0 {
            invoices[position] = Invoice(
                account: event.account, standing: .issued, number: event.number, issuedOn: event.asOf,
                dueOn: event.asOf, total: minor)
            refresh(invoice: position)
        } else {
            credits[position] = Credit(
                kind: .openingBalance, account: event.account, amount: -minor, number: event.number)
            refresh(credit: position)
        }
    }

    private mutating func use(_ credit: UInt64, _ invoice: UInt64, allocated: Int64 = 0, credited: Int64 = 0) {
        credits[credit]?.used += allocated + credited
        invoices[invoice]?.allocated += allocated
        invoices[invoice]?.credited += credited
        refresh(credit: credit)
        refresh(invoice: invoice)
    }

    /// An invoice is no more, and its charges are free again.
    private mutating func end(_ id: UInt64, _ standing: InvoiceStanding, at position: UInt64) {
        invoices[id]?.standing = standing
        for charge in invoices[id]?.charges ?? [] { set(charge, .pending, at: position) }
        refresh(invoice: id)
    }

    private mutating func set(
        _ id: UInt64, _ standing: ChargeStanding, on invoice: UInt64? = nil, at position: UInt64
    ) {
        charges[id]?.standing = standing
        charges[id]?.invoice = invoice
        refresh(charge: id, at: position)
    }

    private mutating func refresh(charge id: UInt64, at position: UInt64) {
        guard let charge = charges[id] else { return }
        changed[id] = position
        if charge.standing == .pending {
            pendingOf[charge.posted.client, default: []].insert(id)
        } else {
            pendingOf[charge.posted.client]?.remove(id)
        }
    }

    private mutating func refresh(invoice id: UInt64) {
        guard let invoice = invoices[id] else { return }
        if invoice.openMinor > 0 {
            openOf[invoice.account, default: []].insert(id)
        } else {
            openOf[invoice.account]?.remove(id)
        }
    }

    private mutating func refresh(credit id: UInt64) {
        guard let credit = credits[id] else { return }
        if credit.freeMinor > 0 {
            freeOf[credit.account, default: []].insert(id)
        } else {
            freeOf[credit.account]?.remove(id)
        }
    }
}

extension BillingEvent {
    /// The human number of the document that it founds or issues.
    var documentNumber: String? {
        switch self {
        case .invoiceIssued(let event): event.number
        case .creditNoteIssued(let event): event.number
        case .paymentRecorded(let event): event.number
        case .refundIssued(let event): event.number
        case .writeOffRecorded(let event): event.number
        case .openingBalanceImported(let event): event.number
        default: nil
        }
    }
}
