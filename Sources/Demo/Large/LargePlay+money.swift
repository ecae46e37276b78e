import Clinic
import Schema
import SwiftProtobuf
import Timetable

/// Invoices once a month, and what comes in for them.
extension LargePlay {
    mutating func billAll(_ date: LocalDate) {
        var turn: Int64 = 0
        for index in clients.indices where !clients[index].pendingCharges.isEmpty {
            plan(.draftInvoice(index), atMs: stage.nowMs + turn * 12_000)
            turn += 1
        }
        planBilling(after: date)
    }

    mutating func draftInvoice(_ index: Int) throws {
        let client = clients[index]
        guard let id = client.id else { return }
        // Fees go on an invoice by name alone, and most payers take none.
        let fees = client.payer == nil ? client.fees.sorted { $0.key < $1.key } : []
        let command = DraftInvoice.with {
            $0.client = id
            if let payer = client.payer { $0.payer = house.payers[payer] }
            if !fees.isEmpty { $0.charges = client.pendingCharges + fees.map(\.key) }
        }
        guard let reply = try send(biller(index), command) else { return }
        let minor = client.pendingMinor + fees.reduce(0) { $0 + $1.value }
        clients[index].pendingCharges = []
        clients[index].pendingMinor = 0
        if client.payer == nil { clients[index].fees = [:] }
        plan(.issueInvoice(LargeBill(client: index, invoice: reply.id, openMinor: minor, number: "")), inMinutes: 2)
    }

    mutating func issueInvoice(_ bill: LargeBill) throws {
        var bill = bill
        let hasCredit = clients[bill.client].hasCredit
        let command = IssueInvoice.with {
            $0.invoice = bill.invoice
            if hasCredit { $0.useCredit = true }
        }
        guard let reply = try send(biller(bill.client), command) else { return }
        bill.number = reply.number
        if hasCredit {
            clients[bill.client].hasCredit = false
            bill.openMinor -= reply.allocated.minor
        }
        guard bill.openMinor > 0 else { return }
        planPayment(bill)
    }

    private mutating func planPayment(_ bill: LargeBill) {
        let open = bill.openMinor
        switch random.int(0...199) {
        case 0..<138: plan(.pay(bill, minor: open, mayBounce: true), inMinutes: day(2...25))
        case 138..<162:
            let part = open / 200 * 100
            plan(.pay(bill, minor: max(100, part), mayBounce: false), inMinutes: day(5...30))
            if open > part { plan(.pay(bill, minor: open - part, mayBounce: false), inMinutes: day(31...75)) }
        case 162..<190: plan(.pay(bill, minor: open, mayBounce: false), inMinutes: day(35...90))
        case 190..<196: plan(.pay(bill, minor: open / 5_000 * 5_000 + 5_000, mayBounce: false), inMinutes: day(2...20))
        case 196: plan(.credit(bill), inMinutes: day(1...10))
        default: plan(.writeOff(bill), inMinutes: day(180...220))
        }
    }

    /// Within office hours of one of these days from now on.
    private mutating func day(_ days: ClosedRange<Int>) -> Int { random.int(days) * 1_440 + random.int(0...420) }

    mutating func pay(_ bill: LargeBill, _ minor: Int64, mayBounce: Bool) throws {
        let client = clients[bill.client]
        let method: PaymentMethod.Value =
            client.payer == nil ? [.card, .card, .card, .transfer, .directDebit, .cash][bill.client % 6] : .transfer
        let command = RecordPayment.with {
            $0.client = client.id ?? 0
            if let payer = client.payer { $0.payer = house.payers[payer] }
            $0.amount.minor = minor
            $0.amount.currency = "USD"
            $0.method = method
            if method == .transfer { $0.reference = "\(bill.number)/\(String(stage.nowMs / 60_000, radix: 36))" }
        }
        guard let reply = try send(biller(bill.client), command) else { return }
        let free = minor - reply.allocated.minor
        if free > 0 {
            if random.chance(percent: 30) {
                plan(.refund(client: bill.client, payment: reply.id), inMinutes: day(3...20))
            } else {
                clients[bill.client].hasCredit = true
            }
        }
        if mayBounce, method != .cash, random.chance(percent: 1) {
            plan(.bounce(bill, payment: reply.id), inMinutes: day(3...9))
        }
    }

    mutating func bounce(_ bill: LargeBill, _ payment: UInt64) throws {
        let reply = try send(
            biller(bill.client),
            ReversePayment.with {
                $0.payment = payment
                $0.reason = .bounced
            })
        if reply != nil { plan(.pay(bill, minor: bill.openMinor, mayBounce: false), inMinutes: day(4...30)) }
    }

    mutating func refund(_ client: Int, _ payment: UInt64) throws {
        _ = try send(
            biller(client),
            IssueRefund.with {
                $0.payment = payment
                $0.reason = random.pick(LargeTexts.refund)
            })
    }

    mutating func credit(_ bill: LargeBill) throws {
        _ = try send(
            biller(bill.client),
            IssueCreditNote.with {
                $0.invoice = bill.invoice
                $0.reason = random.pick(LargeTexts.credited)
            })
    }

    mutating func writeOff(_ bill: LargeBill) throws {
        _ = try send(
            LargeCast.manager,
            WriteOffBalance.with {
                $0.invoice = bill.invoice
                $0.reason = .badDebt
            })
    }

    mutating func waive(_ client: Int, _ charge: UInt64, _ therapist: Int) throws {
        _ = try send(
            member(therapist),
            WaiveFee.with {
                $0.charge = charge
                $0.reason = random.pick(LargeTexts.waived)
            })
    }

    mutating func discount(_ client: Int, _ charge: UInt64, _ minor: Int64) throws {
        let reply = try send(
            biller(client),
            AdjustCharge.with {
                $0.charge = charge
                $0.discount.minor = minor
                $0.discount.currency = "USD"
                $0.reason = random.pick(LargeTexts.discount)
            })
        if reply != nil { clients[client].pendingMinor -= minor }
    }
}
