import Clinic
import Schema
import SwiftProtobuf
import TestKit

/// Makes up commands about money one after another, fast: what was founded lately is kept in lists, so that a clinic of
/// many years costs no more to look through than one of a day.
struct MoneyMaker {
    let clients: [UInt64]
    let services: [UInt64]
    /// What was founded, in order, by the kind of its event.
    private var founded: [EventType: [UInt64]] = [:]
    private var references = 0

    init(clients: [UInt64], services: [UInt64]) {
        self.clients = clients
        self.services = services
    }

    mutating func learn(_ event: any Event, at position: UInt64) {
        founded[type(of: event).type, default: []].append(position)
    }

    /// One of the last that were founded, rarely any; 0 when there is none.
    private func some(_ type: EventType, _ random: inout SeededGenerator) -> UInt64 {
        let all = founded[type] ?? []
        if random.chance(2) { return random.pick([0, 1, .max] as [UInt64]) ?? 0 }
        return random.pick(random.chance(5) ? all[...] : all.suffix(60)) ?? 0
    }

    /// One of a few that is fit, or else just one.
    private func some(
        _ type: EventType, _ random: inout SeededGenerator, where isFit: (UInt64) -> Bool
    ) -> UInt64 {
        for _ in 0..<12 {
            let id = some(type, &random)
            if isFit(id) { return id }
        }
        return some(type, &random)
    }

    private func money(_ minor: Int64, _ random: inout SeededGenerator) -> Money {
        let isOther = random.chance(1)
        return .with {
            $0.minor = minor
            $0.currency = isOther ? "EUR" : "USD"
        }
    }

    /// Small, rarely none, below zero, or as much as there can be.
    private func price(_ random: inout SeededGenerator) -> Int64 {
        if random.chance(3) { return random.pick([0, -1, 1, 999_999_999_999, 1_000_000_000_001]) ?? 0 }
        return Int64.random(in: 1...30_000, using: &random)
    }

    /// Nil for all that there is.
    private func part(of available: Int64, _ random: inout SeededGenerator) -> Money? {
        guard random.chance(55) else { return nil }
        if random.chance(7) { return money(random.pick([available + 1, 0, -available]) ?? 0, &random) }
        return money(Int64.random(in: 1...max(1, available), using: &random), &random)
    }

    private func payer(_ random: inout SeededGenerator) -> UInt64? {
        random.chance(25) ? some(.payerDefined, &random) : nil
    }

    private func date(_ days: ClosedRange<Int>, _ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator)
        -> String
    {
        PlainTime.text(day: PlainTime.local(nowMs, clinic.zone).day + Int.random(in: days, using: &random))
    }

    mutating func command(_ clinic: PlainClinic, nowMs: Int64, _ random: inout SeededGenerator) -> any Command {
        let number = Int.random(in: 0..<100, using: &random)
        if number < 4 { return setting(clinic, nowMs, &random) }
        if number < 38 { return charge(number, clinic, nowMs, &random) }
        if number < 70 { return invoice(number, clinic, nowMs, &random) }
        return payment(number, clinic, nowMs, &random)
    }

    private func setting(_ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator) -> any Command {
        let code = random.pick(["GST", "VAT", "VAT-7", "gst", "TOO-LONG-A-CODE"]) ?? "GST"
        let rate = random.pick([0, 333, 725, 825, 900, 2_000, 10_001] as [UInt32]) ?? 0
        let from = date(-30...10, clinic, nowMs, &random)
        let isAllowed = random.chance(50)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return DefineTaxCode.with {
                $0.code = code
                $0.basisPoints = rate
                $0.effectiveFrom = from
            }
        case 1:
            return DefinePayer.with {
                $0.name = "County Fund"
                $0.missedAllowed = isAllowed
                if isAllowed { $0.dueDays = 7 }
            }
        case 2: return UpdatePracticeProfile.with { $0.legalName = "Riverbank \(rate)" }
        default:
            let fee = money(random.pick([0, 2_500, 4_000]) ?? 0, &random)
            return PublishCancellationPolicy.with {
                if isAllowed { $0.lateCancelFee.amount = fee } else { $0.lateCancelFee.basisPoints = rate }
                $0.noShowFee.basisPoints = 5_000
                $0.freePerYear = isAllowed ? 1 : 0
            }
        }
    }

    private func charge(_ number: Int, _ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator)
        -> any Command
    {
        let books = clinic.books
        let id = some(.chargePosted, &random) { books.charges[$0]?.standing == .pending }
        switch number {
        case ..<28: return posting(clinic, nowMs, &random)
        case ..<33:
            let unit = money(price(&random), &random)
            let discount = money(random.pick([0, 1, 50, 40_000]) ?? 0, &random)
            let (which, quantity) = (Int.random(in: 0..<3, using: &random), UInt32.random(in: 0...4, using: &random))
            return AdjustCharge.with {
                $0.charge = id
                if which == 0 { $0.unit = unit }
                if which == 1 { $0.discount = discount }
                if which == 2 { $0.quantity = quantity }
                $0.reason = "As agreed"
            }
        case ..<35:
            return VoidCharge.with {
                $0.charge = id
                $0.reason = "Wrong"
            }
        default:
            let fee = some(.chargePosted, &random) { books.charges[$0]?.isFee == true }
            return WaiveFee.with {
                $0.charge = fee
                $0.reason = "Ill"
            }
        }
    }

    private func posting(_ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator) -> PostCharge {
        let client = random.pick(clients) ?? 0
        let kind = random.pick([ChargeKind.Value.product, .report, .admin, .report, .lateCancel]) ?? .report
        let unit = random.chance(70) ? money(price(&random), &random) : nil
        let quantity = random.chance(30) ? UInt32.random(in: 0...20, using: &random) : nil
        let discount = random.chance(20) ? money(Int64.random(in: 0...300, using: &random), &random) : nil
        let code = random.chance(50) ? random.pick(["GST", "VAT", "VAT-7", "NONE"]) : nil
        let service = random.pick(services) ?? 0
        let on = random.chance(30) ? date(-40...1, clinic, nowMs, &random) : nil
        let remark = random.chance(99) ? "As agreed" : "4111-1111 1111.1111"
        return .with {
            $0.client = client
            $0.kind = kind
            if let unit { $0.unit = unit } else { $0.service = service }
            if let quantity { $0.quantity = quantity }
            if let discount { $0.discount = discount }
            if let code { $0.taxCode = code }
            if let on { $0.serviceDate = on }
            $0.remark = remark
        }
    }

    private func invoice(_ number: Int, _ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator)
        -> any Command
    {
        let books = clinic.books
        let open = some(.invoiceDrafted, &random) { books.invoices[$0]?.openMinor ?? 0 > 0 }
        switch number {
        case ..<50: return draft(books, &random)
        case ..<60:
            let id = some(.invoiceDrafted, &random) { books.invoices[$0]?.standing == .draft }
            let usesCredit = random.chance(40)
            let due = random.chance(20) ? date(-2...90, clinic, nowMs, &random) : nil
            return IssueInvoice.with {
                $0.invoice = id
                $0.useCredit = usesCredit
                if let due { $0.due = due }
            }
        case ..<61:
            let id = some(.invoiceDrafted, &random) { books.invoices[$0]?.standing == .draft }
            return DiscardInvoiceDraft.with { $0.invoice = id }
        case ..<63:
            return VoidInvoice.with {
                $0.invoice = open
                $0.reason = "Wrong"
            }
        case ..<66: return creditNote(books, &random)
        case ..<69:
            let part = part(of: books.invoices[open]?.openMinor ?? 1, &random)
            let reason = random.pick(WriteOffReason.Value.allCases) ?? .courtesy
            return WriteOffBalance.with {
                $0.invoice = open
                if let part { $0.amount = part }
                $0.reason = reason
            }
        default:
            let id = some(.writeOffRecorded, &random) { books.writeOffs[$0]?.isReversed == false }
            return ReverseWriteOff.with { $0.writeOff = id }
        }
    }

    private func draft(_ books: PlainBooks, _ random: inout SeededGenerator) -> DraftInvoice {
        var client = random.pick(clients) ?? 0
        for _ in 0..<8 where books.pendingOf[client]?.isEmpty ?? true { client = random.pick(clients) ?? 0 }
        let payer = payer(&random)
        let named = random.chance(40) ? (books.pendingOf[client] ?? []).sorted().filter { _ in random.chance(60) } : []
        return .with {
            $0.client = client
            if let payer { $0.payer = payer }
            $0.charges = named
        }
    }

    private func creditNote(_ books: PlainBooks, _ random: inout SeededGenerator) -> IssueCreditNote {
        let id = some(.invoiceDrafted, &random) { books.invoices[$0]?.standing == .issued }
        var lines: [CreditRequest] = []
        if random.chance(70), let invoice = books.invoices[id] {
            for index in invoice.lines.indices where random.chance(40) {
                let left = invoice.lines[index].gross.minor - invoice.creditedOfLine[index]
                let part = part(of: left, &random)
                lines.append(
                    .with {
                        $0.line = UInt32(index) + 1
                        if let part { $0.amount = part }
                    })
            }
        }
        return .with {
            $0.invoice = id
            $0.lines = lines
            $0.reason = "Too much"
        }
    }

    private mutating func payment(_ number: Int, _ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator)
        -> any Command
    {
        let books = clinic.books
        let paid = some(.paymentRecorded, &random) { books.credits[$0]?.freeMinor ?? 0 > 0 }
        switch number {
        case ..<84: return recording(clinic, nowMs, &random)
        case ..<89: return use(paid, books, &random)
        case ..<91:
            let note = some(.creditNoteIssued, &random) { books.credits[$0]?.freeMinor ?? 0 > 0 }
            let allocated = use(note, books, &random)
            return ApplyCredit.with {
                $0.creditNote = note
                $0.invoice = allocated.invoice
                if allocated.hasAmount { $0.amount = allocated.amount }
            }
        case ..<94:
            let id = some(.paymentAllocated, &random) { books.allocations[$0]?.isReversed == false }
            return ReverseAllocation.with { $0.allocation = id }
        case ..<96:
            let id = some(.paymentRecorded, &random)
            let reason = random.pick(ReversalReason.Value.allCases) ?? .bounced
            return ReversePayment.with {
                $0.payment = id
                $0.reason = reason
            }
        default: return refund(paid, books, &random)
        }
    }

    private func use(_ credit: UInt64, _ books: PlainBooks, _ random: inout SeededGenerator) -> AllocatePayment {
        let account = books.credits[credit]?.account ?? Account()
        let own = random.chance(93) ? random.pick((books.openOf[account] ?? []).sorted().suffix(20)) : nil
        let invoice = own ?? some(.invoiceDrafted, &random)
        let fits = min(books.credits[credit]?.freeMinor ?? 1, books.invoices[invoice]?.openMinor ?? 1)
        let part = part(of: fits, &random)
        return .with {
            $0.payment = credit
            $0.invoice = invoice
            if let part { $0.amount = part }
        }
    }

    private mutating func recording(_ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator)
        -> RecordPayment
    {
        let books = clinic.books
        let invoice = some(.invoiceDrafted, &random) { books.invoices[$0]?.openMinor ?? 0 > 0 }
        let account = books.invoices[invoice]?.account ?? .with { $0.client = clients[0] }
        let open = books.openInvoices(of: account)
        let sum = open.reduce(0) { $0 + (books.invoices[$1]?.openMinor ?? 0) }
        let minor = random.pick([sum, sum, sum / 2, sum + 700, price(&random)]) ?? 1
        let amount = money(min(minor, 1_000_000_000_000), &random)
        let method = random.pick(PaymentMethod.Value.allCases) ?? .cash
        references += random.chance(95) ? 1 : 0
        let reference = random.chance(40) ? "TX-\(references)" : nil
        let on = random.chance(30) ? date(-60...1, clinic, nowMs, &random) : nil
        let isKept = random.chance(12)
        let named = random.chance(30) ? random.pick(open) : nil
        let part = part(of: min(minor, books.invoices[named ?? 0]?.openMinor ?? 1), &random)
        return .with {
            $0.client = account.client
            if account.hasPayer { $0.payer = account.payer }
            $0.amount = amount
            $0.method = method
            if let reference { $0.reference = reference }
            if let on { $0.received = on }
            if isKept { $0.keepAsCredit = true }
            guard let named else { return }
            $0.allocate = [
                .with {
                    $0.invoice = named
                    if let part { $0.amount = part }
                }
            ]
        }
    }

    private func refund(_ paid: UInt64, _ books: PlainBooks, _ random: inout SeededGenerator) -> IssueRefund {
        let isNote = random.chance(30)
        let source =
            isNote ? some(.creditNoteIssued, &random) { books.credits[$0]?.freeMinor ?? 0 > 0 } : paid
        let part = part(of: books.credits[source]?.freeMinor ?? 1, &random)
        return .with {
            if isNote { $0.creditNote = source } else { $0.payment = source }
            if let part { $0.amount = part }
            if isNote { $0.method = .transfer }
            $0.reason = "Paid twice"
        }
    }
}
