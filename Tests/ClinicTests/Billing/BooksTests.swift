import BalancesProjection
import Clinic
import Ledger
import Schema
import SwiftProtobuf
import TestKit
import Testing

/// Whatever is asked, the books agree with themselves (INV-LEDG-01, -04, INV-PAY-02, -03, -12).
@Suite struct BooksTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `after every command nothing is below zero and the ledger says the same`(seed: UInt64) throws {
        let till = try Till()
        let payer = try till.payer()
        var random = SeededGenerator(seed: seed)
        var books = Books()
        var taken = till.story.log.count
        let balances = try ViewHarness(BalancesView.self)
        for recorded in till.story.log { try balances.take(recorded) }
        var granted = 0
        for _ in 0..<700 {
            let outcome = try till.story.when(books.command(till, payer, &random), by: till.cast.owner)
            if outcome.refusal == nil { granted += 1 }
            if random.chance(3) { till.story.nowMs += 86_400_000 * 9 }
            for recorded in till.story.log[taken...] {
                books.take(recorded)
                try balances.take(recorded)
            }
            taken = till.story.log.count
            try #require(books.faults == [], "seed \(seed), after \(taken) records")
            let faults = try balances.read { try BalanceIdentity($0, in: $1).faults }
            try #require(faults == [], "seed \(seed), after \(taken) records")
        }
        #expect(granted > 200 && books.numbers.count > 40, "seed \(seed): \(granted) granted")
    }
}

/// The books once more, in the plainest way, from the events alone.
private struct Books {
    private var open: [UInt64: Int64] = [:]
    private var credit: [UInt64: Int64] = [:]
    private var ledger: [String: Int64] = [:]
    private var onInvoice: [UInt64: UInt64] = [:]
    private(set) var numbers: [String] = []
    private var ids: [EventType: [UInt64]] = [:]
    private var sumsToZero = true
    private var chargedTwice = false

    var faults: [String] {
        var faults: [String] = []
        if open.values.contains(where: { $0 < 0 }) { faults.append("an invoice is paid beyond its total") }
        if credit.values.contains(where: { $0 < 0 }) { faults.append("credit below zero") }
        if !sumsToZero { faults.append("INV-LEDG-01") }
        if chargedTwice { faults.append("INV-BILL-06") }
        let owed = ledger["Assets:Receivable:Clients", default: 0] + ledger["Assets:Receivable:Payers", default: 0]
        if owed != open.values.reduce(0, +) { faults.append("INV-LEDG-04: receivable") }
        if -ledger["Liabilities:Client-Credit", default: 0] != credit.values.reduce(0, +) {
            faults.append("INV-LEDG-04: credit")
        }
        for (series, found) in Dictionary(grouping: numbers, by: { $0.dropLast(6) })
        where found.map({ Int($0.suffix(6)) }) != Array(1...found.count) {
            faults.append("INV-BILL-04: \(series)")
        }
        return faults
    }

    mutating func take(_ recorded: Recorded) {
        ids[recorded.type, default: []].append(recorded.position)
        if let transaction = Ledger.transaction(of: recorded.event) {
            for posting in transaction.postings { ledger[posting.account.name, default: 0] += posting.minor }
            if transaction.postings.reduce(0, { $0 + $1.minor }) != 0 { sumsToZero = false }
            if let number = transaction.number { numbers.append(number) }
        }
        guard case .billing(let event) = recorded.event else { return }
        take(event, recorded.position)
    }

    private mutating func take(_ event: BillingEvent, _ position: UInt64) {
        switch event {
        case .invoiceDrafted(let event):
            for charge in event.charges {
                if onInvoice.updateValue(position, forKey: charge) != nil { chargedTwice = true }
            }
        case .invoiceDraftDiscarded(let event): onInvoice = onInvoice.filter { $0.value != event.invoice }
        case .invoiceIssued(let event): open[event.invoice] = event.total.minor
        case .invoiceVoided(let event):
            open[event.invoice, default: 0] -= event.total.minor
            onInvoice = onInvoice.filter { $0.value != event.invoice }
        case .creditNoteIssued(let event): credit[position] = event.total.minor
        case .creditApplied(let event): use(event.creditNote, event.invoice, event.amount.minor)
        case .paymentRecorded(let event): credit[position] = event.amount.minor
        case .paymentAllocated(let event): use(event.payment, event.invoice, event.amount.minor)
        case .allocationReversed(let event): use(event.payment, event.invoice, -event.amount.minor)
        case .paymentReversed(let event): credit[event.payment, default: 0] -= event.amount.minor
        case .refundIssued(let event):
            credit[event.hasPayment ? event.payment : event.creditNote, default: 0] -= event.amount.minor
        case .writeOffRecorded(let event): open[event.invoice, default: 0] -= event.amount.minor
        case .writeOffReversed(let event): open[event.invoice, default: 0] += event.amount.minor
        case .taxCodeDefined, .payerDefined, .chargePosted, .chargeAdjusted, .chargeVoided, .feeWaived,
            .openingBalanceImported, .openingBalanceWithdrawn:
            break
        }
    }

    private mutating func use(_ source: UInt64, _ invoice: UInt64, _ minor: Int64) {
        credit[source, default: 0] -= minor
        open[invoice, default: 0] -= minor
    }

    /// Something that somebody may ask, sensible or not.
    func command(_ till: Till, _ payer: UInt64, _ random: inout SeededGenerator) -> any Command {
        func some(_ type: EventType) -> UInt64 { random.pick(ids[type] ?? []) ?? 0 }
        let client = random.chance(70) ? till.cast.cleo : till.cast.carl
        let byPayer = random.chance(20)
        let part = Till.dollars(Int64.random(in: 1...9_000, using: &random))
        let isPart = random.chance(50)
        switch Int.random(in: 0..<16, using: &random) {
        case 0...2: return till.posting(part.minor, client: client)
        case 3:
            return DraftInvoice.with {
                $0.client = client; if byPayer { $0.payer = payer }
            }
        case 4:
            let usesCredit = random.chance(40)
            return IssueInvoice.with {
                $0.invoice = some(.invoiceDrafted); $0.useCredit = usesCredit
            }
        case 5:
            return VoidInvoice.with {
                $0.invoice = some(.invoiceDrafted); $0.reason = "Wrong"
            }
        case 6: return DiscardInvoiceDraft.with { $0.invoice = some(.invoiceDrafted) }
        case 7:
            return IssueCreditNote.with {
                $0.invoice = some(.invoiceDrafted)
                $0.reason = "Too much"
                if isPart {
                    $0.lines = [
                        .with {
                            $0.line = 1; $0.amount = part
                        }
                    ]
                }
            }
        case 8, 9:
            return till.payment(part.minor) {
                $0.client = client; if byPayer { $0.payer = payer }
            }
        case 10:
            return AllocatePayment.with {
                $0.payment = some(.paymentRecorded)
                $0.invoice = some(.invoiceDrafted)
                if isPart { $0.amount = part }
            }
        case 11: return ReverseAllocation.with { $0.allocation = some(.paymentAllocated) }
        case 12:
            return ReversePayment.with {
                $0.payment = some(.paymentRecorded); $0.reason = .bounced
            }
        case 13:
            return IssueRefund.with {
                if byPayer {
                    $0.creditNote = some(.creditNoteIssued)
                    $0.method = .cash
                } else {
                    $0.payment = some(.paymentRecorded)
                }
                $0.reason = "Paid twice"
                if isPart { $0.amount = part }
            }
        case 14:
            return WriteOffBalance.with {
                $0.invoice = some(.invoiceDrafted)
                $0.reason = .courtesy
                if isPart { $0.amount = part }
            }
        default:
            return byPayer
                ? ApplyCredit.with {
                    $0.creditNote = some(.creditNoteIssued); $0.invoice = some(.invoiceDrafted)
                }
                : ReverseWriteOff.with { $0.writeOff = some(.writeOffRecorded) }
        }
    }
}
