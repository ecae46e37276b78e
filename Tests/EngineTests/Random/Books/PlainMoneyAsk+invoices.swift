import Clinic
import Schema
import SwiftProtobuf

extension PlainMoneyAsk {
    /// Whether it is a command about invoices and what is credited of them.
    mutating func decideInvoices(_ command: any Command) -> Bool {
        switch command {
        case let command as DraftInvoice: decide(command)
        case let command as DiscardInvoiceDraft: decide(command)
        case let command as IssueInvoice: decide(command)
        case let command as VoidInvoice: decide(command)
        case let command as IssueCreditNote: decide(command)
        case let command as WriteOffBalance: decide(command)
        case let command as ReverseWriteOff: decide(command)
        default: return false
        }
        return true
    }

    private mutating func decide(_ command: DraftInvoice) {
        guard
            let account = account(
                command.hasClient ? command.client : nil, command.hasPayer ? command.payer : nil)
        else { return }
        var chosen = command.charges
        if chosen.isEmpty {
            chosen = (books.pendingOf[account.client] ?? []).filter { books.charges[$0]?.posted.proposed == false }
            require(!chosen.isEmpty, "unchanged")
        }
        require(chosen.count <= 300 && Set(chosen).count == chosen.count, "malformed")
        var total: Int64 = 0
        for id in chosen {
            guard let charge = books.charges[id] else {
                object("not-found")
                continue
            }
            require(charge.posted.client == account.client, "INV-PAY-05")
            requirePending(charge)
            total += charge.grossMinor
            if charge.isFee, account.hasPayer, books.payers[account.payer]?.missedAllowed == false {
                object("INV-BILL-10")
            }
        }
        require(total <= PlainCents.maxMinor, "malformed")
        let inOrder = chosen.map { (books.charges[$0]?.posted.serviceDate ?? "", $0) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        record(
            InvoiceDrafted.with {
                $0.account = account
                $0.charges = inOrder.map(\.1)
            })
    }

    /// INV-BILL-05: what was issued stays.
    private mutating func draft(_ id: UInt64?) -> PlainBooks.Invoice? {
        guard let invoice = invoice(id) else { return nil }
        switch invoice.standing {
        case .draft: break
        case .issued, .void: object("INV-BILL-05")
        case .discarded: object("unchanged")
        }
        return invoice
    }

    private mutating func decide(_ command: DiscardInvoiceDraft) {
        guard let draft = draft(command.hasInvoice ? command.invoice : nil) else { return }
        record(
            InvoiceDraftDiscarded.with {
                $0.invoice = command.invoice
                $0.account = draft.account
            })
    }

    private mutating func decide(_ command: IssueInvoice) {
        guard let draft = draft(command.hasInvoice ? command.invoice : nil) else { return }
        var event = InvoiceIssued()
        event.invoice = command.invoice
        event.account = draft.account
        event.number = books.nextNumber("INV-\(today.prefix(4))")
        event.issuedOn = today
        let payer = books.payers[draft.account.payer]
        let policy = clinic.practice.policy
        let days =
            draft.account.hasPayer ? payer?.dueDays ?? 0 : policy.invoiceDueDays == 0 ? 14 : policy.invoiceDueDays
        let now = PlainTime.day(today) ?? 0
        event.dueOn = PlainTime.text(day: now + Int(days))
        if command.hasDue, let due = date(command.due) {
            require(due >= now, "INV-BILL-14")
            require(due - now <= 730, "malformed")
            event.dueOn = command.due
        }
        event.lines = draft.charges.map { line($0) }
        let net = event.lines.reduce(0) { $0 + $1.net.minor }
        let tax = event.lines.reduce(0) { $0 + $1.tax.minor }
        event.net = money(net)
        event.tax = money(tax)
        event.total = money(net + tax)
        if let profile = clinic.profileAt { event.profile = profile }
        require(books.booksMinor + net + tax <= 100_000_000_000_000_000, "INV-LEDG-01")
        record(event)
        guard command.useCredit, reasons.isEmpty else { return }
        var open = net + tax
        for id in books.freeCredits(of: draft.account).prefix(500) where open > 0 {
            guard let credit = books.credits[id], credit.allocations.count < 1_000 else { continue }
            let part = min(open, credit.freeMinor)
            record(any: payment(of: command.invoice, from: id, credit.kind, draft.account, part))
            open -= part
        }
    }

    /// INV-BILL-02, -03 and -20.
    private func line(_ id: UInt64) -> InvoiceLine {
        guard let posted = books.charges[id]?.posted else { return InvoiceLine() }
        let words: [ChargeKind.Value: String] = [
            .session: posted.minutes > 0 ? "Professional services, \(posted.minutes) min" : "Professional services",
            .lateCancel: "Late cancellation", .noShow: "Missed appointment", .product: "Materials", .report: "Report",
        ]
        let tax = PlainCents.tax(of: posted.line)
        return .with {
            $0.charge = id
            $0.kind = posted.kind
            $0.description_p = words[posted.kind] ?? "Administrative services"
            $0.serviceDate = posted.serviceDate
            $0.quantity = posted.line.quantity
            $0.unit = posted.line.unit
            $0.discount = posted.line.discount
            $0.net = posted.line.net
            if posted.line.hasTaxCode { $0.taxCode = posted.line.taxCode }
            $0.taxBasisPoints = posted.line.taxBasisPoints
            $0.tax = money(tax)
            $0.gross = money(posted.line.net.minor + tax)
        }
    }

    /// INV-BILL-07 and INV-LEDG-07.
    private mutating func decide(_ command: VoidInvoice) {
        guard let invoice = invoice(command.hasInvoice ? command.invoice : nil) else { return }
        require(invoice.standing != .draft, "INV-BILL-07")
        if invoice.standing != .draft { requireIssued(invoice) }
        let isUntouched =
            invoice.allocated == 0 && invoice.credited == 0 && invoice.writtenOff == 0 && invoice.creditNotes == 0
        require(
            invoice.standing != .issued
                || isUntouched && !invoice.charges.isEmpty && invoice.issuedOn.prefix(7) == today.prefix(7),
            "INV-BILL-07")
        text(command.hasReason ? command.reason : nil, isRequired: true)
        record(
            InvoiceVoided.with {
                $0.invoice = command.invoice
                $0.account = invoice.account
                $0.voidedOn = today
                $0.lines = invoice.lines
                $0.total = money(invoice.total)
            })
    }

    /// INV-BILL-08.
    private mutating func decide(_ command: IssueCreditNote) {
        guard let invoice = invoice(command.hasInvoice ? command.invoice : nil) else { return }
        requireIssued(invoice)
        require(!invoice.lines.isEmpty, "INV-BILL-08")
        text(command.hasReason ? command.reason : nil, isRequired: true)
        var credits: [CreditLine] = []
        for index in invoice.lines.indices where command.lines.isEmpty {
            let left = invoice.lines[index].gross.minor - invoice.creditedOfLine[index]
            if left > 0 { credits.append(credit(invoice, index, left)) }
        }
        require(command.lines.count <= 300 && Set(command.lines.map(\.line)).count == command.lines.count, "malformed")
        for request in command.lines {
            let index = Int(request.line) - 1
            guard request.hasLine, invoice.lines.indices.contains(index) else {
                object("malformed")
                continue
            }
            let left = invoice.lines[index].gross.minor - invoice.creditedOfLine[index]
            require(left > 0, "INV-BILL-08")
            let part = part(request.hasAmount ? request.amount : nil, of: left, tooMuch: "INV-BILL-08")
            if let part, part > 0, part <= left { credits.append(credit(invoice, index, part)) }
        }
        let total = credits.reduce(0) { $0 + $1.gross.minor }
        require(total > 0, "INV-BILL-08")
        require(total <= invoice.total - invoice.creditNotes - invoice.writtenOff, "INV-PAY-03")
        record(
            CreditNoteIssued.with {
                $0.invoice = command.invoice
                $0.account = invoice.account
                $0.number = books.nextNumber("CN-\(today.prefix(4))")
                $0.issuedOn = today
                $0.lines = credits
                $0.total = money(total)
            })
        let applied = min(total, invoice.openMinor)
        if applied > 0 { record(any: payment(of: command.invoice, from: next, .creditNote, invoice.account, applied)) }
    }

    private func credit(_ invoice: PlainBooks.Invoice, _ index: Int, _ part: Int64) -> CreditLine {
        let (line, before) = (invoice.lines[index], invoice.creditedOfLine[index])
        let net =
            PlainCents.net(ofGross: before + part, line.net.minor, line.tax.minor)
            - PlainCents.net(ofGross: before, line.net.minor, line.tax.minor)
        return .with {
            $0.line = UInt32(index)
            $0.kind = line.kind
            $0.net = money(net)
            if line.hasTaxCode { $0.taxCode = line.taxCode }
            $0.tax = money(part - net)
            $0.gross = money(part)
        }
    }

    /// INV-BILL-17.
    private mutating func decide(_ command: WriteOffBalance) {
        guard let invoice = invoice(command.hasInvoice ? command.invoice : nil) else { return }
        requireIssued(invoice)
        require(invoice.openMinor > 0, "INV-PAY-03")
        text(command.hasNote ? command.note : nil, isRequired: false)
        require(command.hasReason && command.reason != .unspecified, "malformed")
        let part = part(command.hasAmount ? command.amount : nil, of: invoice.openMinor, tooMuch: "INV-BILL-17")
        guard let part else { return }
        let credited = books.credits.values.filter { $0.invoice == command.invoice }.reduce(0) { $0 + $1.freeMinor }
        require(credited == 0 || part <= invoice.openMinor - credited, "INV-PAY-03")
        requireLimit(part, after: invoice.writtenOff, "INV-BILL-17")
        record(
            WriteOffRecorded.with {
                $0.invoice = command.invoice
                $0.account = invoice.account
                $0.number = books.nextNumber("WO")
                $0.amount = money(part)
                $0.reason = command.reason
                $0.writtenOffOn = today
            })
    }

    private mutating func decide(_ command: ReverseWriteOff) {
        guard command.hasWriteOff else { return object("malformed") }
        guard let writeOff = books.writeOffs[command.writeOff] else { return object("not-found") }
        require(!writeOff.isReversed, "unchanged")
        record(
            WriteOffReversed.with {
                $0.writeOff = command.writeOff
                $0.invoice = writeOff.invoice
                $0.account = books.invoices[writeOff.invoice]?.account ?? Account()
                $0.amount = money(writeOff.amount)
                $0.reason = writeOff.reason
                $0.reversedOn = today
            })
    }
}
