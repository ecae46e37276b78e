import Clinic
import Schema
import SwiftProtobuf

extension PlainMoneyAsk {
    /// Whether it is a command about money that came in, and what it pays.
    mutating func decidePayments(_ command: any Command) -> Bool {
        switch command {
        case let command as RecordPayment: decide(command)
        case let command as AllocatePayment:
            use(
                command.hasPayment ? command.payment : nil, isPayment: true, command.hasInvoice ? command.invoice : nil,
                command.hasAmount ? command.amount : nil)
        case let command as ApplyCredit:
            use(
                command.hasCreditNote ? command.creditNote : nil, isPayment: false,
                command.hasInvoice ? command.invoice : nil, command.hasAmount ? command.amount : nil)
        case let command as ReverseAllocation: decide(command)
        case let command as ReversePayment: decide(command)
        case let command as IssueRefund: decide(command)
        default: return false
        }
        return true
    }

    private mutating func decide(_ command: RecordPayment) {
        guard
            let account = account(
                command.hasClient ? command.client : nil, command.hasPayer ? command.payer : nil)
        else { return }
        require(command.hasAmount, "malformed")
        guard command.hasAmount, let amount = part(command.amount, of: .max, tooMuch: "malformed") else { return }
        require(books.booksMinor + amount <= 100_000_000_000_000_000, "INV-LEDG-01")
        require(command.hasMethod && command.method != .unspecified, "malformed")
        if command.hasReceived { pastDate(command.received) }
        text(command.hasReference ? command.reference : nil, isRequired: false)
        if let key = PlainBooks.referenceKey(command.method, command.reference), books.references[key] != nil {
            object("INV-PAY-08")
        }
        require(!command.keepAsCredit || command.allocate.isEmpty, "malformed")
        record(
            PaymentRecorded.with {
                $0.account = account
                $0.number = books.nextNumber("PAY")
                $0.amount = money(amount)
                $0.method = command.method
                $0.receivedOn = command.hasReceived ? command.received : today
                $0.reference = command.reference
            })
        if command.keepAsCredit { return }
        if command.allocate.isEmpty {
            payOldest(account, amount)
        } else {
            payNamed(command, account, amount)
        }
    }

    private mutating func payOldest(_ account: Account, _ amount: Int64) {
        var left = amount
        for id in books.openInvoices(of: account).prefix(500) where left > 0 {
            let part = min(left, books.invoices[id]?.openMinor ?? 0)
            record(any: payment(of: id, from: next, .payment, account, part))
            left -= part
        }
    }

    /// INV-PAY-02, -03 and -05.
    private mutating func payNamed(_ command: RecordPayment, _ account: Account, _ amount: Int64) {
        let named = command.allocate
        require(named.count <= 500 && Set(named.map(\.invoice)).count == named.count, "malformed")
        var left = amount
        for request in named {
            guard let invoice = invoice(request.hasInvoice ? request.invoice : nil) else { continue }
            requireIssued(invoice)
            require(invoice.account == account, "INV-PAY-05")
            require(invoice.openMinor > 0, "INV-PAY-03")
            let rule = left <= invoice.openMinor ? "INV-PAY-02" : "INV-PAY-03"
            let fits = min(left, invoice.openMinor)
            require(request.hasAmount || fits > 0, "INV-PAY-02")
            guard let part = part(request.hasAmount ? request.amount : nil, of: fits, tooMuch: rule) else { continue }
            record(any: payment(of: request.invoice, from: next, .payment, account, part))
            left -= part
        }
    }

    private mutating func credit(_ id: UInt64?, isPayment: Bool) -> PlainBooks.Credit? {
        guard let id else {
            object("malformed")
            return nil
        }
        guard let credit = books.credits[id], (credit.kind == .payment) == isPayment else {
            object("not-found")
            return nil
        }
        return credit
    }

    /// Part of a credit pays an invoice of the same account.
    private mutating func use(_ id: UInt64?, isPayment: Bool, _ invoiceID: UInt64?, _ amount: Money?) {
        let found = credit(id, isPayment: isPayment)
        guard let invoice = invoice(invoiceID), let credit = found, let id, let invoiceID else { return }
        requireIssued(invoice)
        require(invoice.account == credit.account, "INV-PAY-05")
        require(credit.freeMinor > 0, "INV-PAY-02")
        require(invoice.openMinor > 0, "INV-PAY-03")
        require(credit.allocations.count < 1_000, "INV-PAY-02")
        let rule = credit.freeMinor <= invoice.openMinor ? "INV-PAY-02" : "INV-PAY-03"
        let fits = min(credit.freeMinor, invoice.openMinor)
        guard let part = part(amount, of: fits, tooMuch: rule) else { return }
        record(any: payment(of: invoiceID, from: id, credit.kind, credit.account, part))
    }

    private func reversal(of id: UInt64, _ allocation: PlainBooks.Allocation) -> AllocationReversed {
        .with {
            $0.allocation = id
            $0.payment = allocation.payment
            $0.invoice = allocation.invoice
            $0.account = books.credits[allocation.payment]?.account ?? Account()
            $0.amount = money(allocation.amount)
            $0.reversedOn = today
        }
    }

    private mutating func decide(_ command: ReverseAllocation) {
        guard command.hasAllocation else { return object("malformed") }
        guard let allocation = books.allocations[command.allocation] else { return object("not-found") }
        require(!allocation.isReversed, "unchanged")
        record(reversal(of: command.allocation, allocation))
    }

    /// INV-PAY-07: the last allocation first.
    private mutating func decide(_ command: ReversePayment) {
        guard let payment = credit(command.hasPayment ? command.payment : nil, isPayment: true) else { return }
        require(payment.reversed == 0, "unchanged")
        let left = payment.amount - payment.refunded
        require(left > 0, "INV-PAY-02")
        require(command.hasReason && command.reason != .unspecified, "malformed")
        for id in payment.allocations.reversed() {
            if let allocation = books.allocations[id] { record(reversal(of: id, allocation)) }
        }
        record(
            PaymentReversed.with {
                $0.payment = command.payment
                $0.account = payment.account
                $0.amount = money(left)
                $0.method = payment.method
                $0.reason = command.reason
                $0.reversedOn = today
            })
    }

    /// INV-PAY-06.
    private mutating func decide(_ command: IssueRefund) {
        guard command.hasPayment != command.hasCreditNote else { return object("malformed") }
        let id = command.hasPayment ? command.payment : command.creditNote
        guard let source = credit(id, isPayment: command.hasPayment) else { return }
        require(source.freeMinor > 0, "INV-PAY-06")
        text(command.hasReason ? command.reason : nil, isRequired: true)
        let method = command.hasMethod ? command.method : source.method
        require(method != .unspecified, "malformed")
        let part = part(command.hasAmount ? command.amount : nil, of: source.freeMinor, tooMuch: "INV-PAY-06")
        guard let part else { return }
        requireLimit(part, after: books.refunded(like: id), "INV-PAY-06")
        record(
            RefundIssued.with {
                $0.account = source.account
                $0.number = books.nextNumber("RFD")
                if command.hasPayment { $0.payment = id } else { $0.creditNote = id }
                $0.amount = money(part)
                $0.method = method
                $0.refundedOn = today
            })
    }
}
