import Clinic
import Schema
import SwiftProtobuf
import TestKit

/// Money that comes in, and what it pays.
extension MoneyMaker {
    mutating func payment(_ number: Int, _ clinic: PlainClinic, _ nowMs: Int64, _ random: inout SeededGenerator)
        -> any Command
    {
        let books = clinic.books
        let paid = credit(.paymentRecorded, books, &random)
        switch number {
        case ..<84: return recording(clinic, nowMs, &random)
        case ..<89: return use(paid, books, &random)
        case ..<91:
            let note = credit(.creditNoteIssued, books, &random)
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
        default:
            return refund(some(.paymentRecorded, &random) { books.credits[$0]?.freeMinor ?? 0 > 0 }, books, &random)
        }
    }

    /// Mostly one of which something is left, for an invoice there is.
    private func credit(_ type: EventType, _ books: PlainBooks, _ random: inout SeededGenerator) -> UInt64 {
        some(type, &random) { id in
            guard let credit = books.credits[id], credit.freeMinor > 0 else { return false }
            return books.openOf[credit.account]?.isEmpty == false
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
