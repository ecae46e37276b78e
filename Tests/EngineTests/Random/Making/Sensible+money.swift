import Clinic
import Foundation
import Schema
import TestKit

extension Sensible {
    mutating func invoicing(_ command: String) -> Fields? {
        switch command {
        case "DraftInvoice": return draft()
        case "DiscardInvoiceDraft": return someInvoice { $0.standing == .draft }.map { ["invoice": "\($0)"] }
        case "IssueInvoice":
            guard let id = someInvoice({ $0.standing == .draft }) else { return nil }
            var fields: Fields = ["invoice": "\(id)"]
            if random.chance(30) { fields["due"] = Self.date(day(random.chance(5) ? -5...(-1) : 0...90)) }
            if random.chance(35) { fields["useCredit"] = "true" }
            return fields
        case "VoidInvoice":
            let untouched = someInvoice { $0.standing == .issued && $0.openMinor == $0.total && $0.creditNotes == 0 }
            return untouched.map { ["invoice": "\($0)", "reason": text()] }
        case "IssueCreditNote": return creditNote()
        case "WriteOffBalance":
            guard let id = someInvoice({ $0.openMinor > 0 }), let invoice = books.invoices[id] else { return nil }
            var fields: Fields = [
                "invoice": "\(id)",
                "reason": word(["bad_debt", "small_balance", "courtesy", "contractual", "bankruptcy", "deceased"]),
            ]
            if let part = part(of: invoice.openMinor) { fields["amount"] = part }
            if random.chance(40) { fields["note"] = text() }
            return fields
        default:
            let standing = books.writeOffs.filter { !$0.value.isReversed }.keys.sorted()
            return pick(random.chance(6) ? books.writeOffs.keys.sorted() : standing).map { ["writeOff": "\($0)"] }
        }
    }

    /// One that is fit; rarely any.
    private mutating func someInvoice(_ isFit: (PlainBooks.Invoice) -> Bool) -> UInt64? {
        let fit = books.invoices.filter { isFit($0.value) }.keys.sorted()
        return pick(random.chance(6) ? books.invoices.keys.sorted() : Array(fit.suffix(30)))
    }

    private mutating func draft() -> Fields? {
        let charged = books.pendingOf.filter { !$0.value.isEmpty }.keys.sorted()
        guard let client = pick(charged), clinic.clients[client]?.isWithdrawn == false else { return nil }
        let pending = (books.pendingOf[client] ?? []).sorted()
        var fields: Fields = ["client": "\(client)"]
        let proposed = pending.filter { books.charges[$0]?.posted.proposed == true }
        if random.chance(50) || proposed.count == pending.count {
            let chosen = pending.filter { _ in random.chance(70) }
            if chosen.isEmpty { return nil }
            fields["charges"] = "[\(chosen.map(String.init).joined(separator: ","))]"
        }
        if random.chance(25), let payer = pick(world.ids("payer")) { fields["payer"] = "\(payer)" }
        return fields
    }

    private mutating func creditNote() -> Fields? {
        let id = someInvoice { invoice in
            invoice.standing == .issued
                && zip(invoice.lines, invoice.creditedOfLine).contains { $0.gross.minor > $1 }
        }
        guard let id, let invoice = books.invoices[id] else { return nil }
        var fields: Fields = ["invoice": "\(id)", "reason": text()]
        guard random.chance(65), let index = pick(Array(invoice.lines.indices)) else { return fields }
        let left = invoice.lines[index].gross.minor - invoice.creditedOfLine[index]
        let amount = part(of: left).map { ",\"amount\":\($0)" } ?? ""
        fields["lines"] = "[{\"line\":\(index + 1)\(amount)}]"
        return fields
    }

    mutating func paying(_ command: String) -> Fields? {
        switch command {
        case "RecordPayment": return payment()
        case "AllocatePayment": return use("payment") { $0.kind == .payment }
        case "ApplyCredit": return use("creditNote") { $0.kind != .payment }
        case "ReverseAllocation":
            let standing = books.allocations.filter { !$0.value.isReversed }.keys.sorted()
            return pick(random.chance(6) ? books.allocations.keys.sorted() : standing).map { ["allocation": "\($0)"] }
        case "ReversePayment":
            guard let id = someCredit({ $0.kind == .payment && $0.reversed == 0 }) else { return nil }
            return ["payment": "\(id)", "reason": word(["bounced", "chargeback", "error"])]
        default: return refund()
        }
    }

    /// One that is fit; rarely any.
    private mutating func someCredit(_ isFit: (PlainBooks.Credit) -> Bool) -> UInt64? {
        let fit = books.credits.filter { isFit($0.value) }.keys.sorted()
        return pick(random.chance(6) ? books.credits.keys.sorted() : Array(fit.suffix(30)))
    }

    private mutating func payment() -> Fields? {
        let owing = books.openOf.filter { !$0.value.isEmpty }.map(\.key).sorted {
            ($0.client, $0.payer) < ($1.client, $1.payer)
        }
        let account = random.chance(85) ? pick(owing) : nil
        guard let client = account?.client ?? pick(world.clients), clinic.clients[client]?.isWithdrawn == false else {
            return nil
        }
        var fields: Fields = [
            "client": "\(client)", "method": word(["cash", "card", "cheque", "transfer", "direct_debit", "other"]),
        ]
        if let account, account.hasPayer { fields["payer"] = "\(account.payer)" }
        let open = account.map { books.openInvoices(of: $0) } ?? []
        let sum = open.reduce(0) { $0 + (books.invoices[$1]?.openMinor ?? 0) }
        let minor = max(1, pick([sum, sum, sum / 2, sum + 1_000, 5_000, 1]) ?? 1)
        fields["amount"] = amount(minor)
        if random.chance(40) { fields["received"] = Self.date(day(-20...0)) }
        if random.chance(50) { fields["reference"] = "\"TX-\(Int.random(in: 0...800, using: &random))\"" }
        if random.chance(2) { fields["reference"] = "\"4111111111111111\"" }
        if random.chance(15) {
            fields["keepAsCredit"] = "true"
        } else if random.chance(35), let id = pick(open) {
            let left = min(minor, books.invoices[id]?.openMinor ?? 0)
            let amount = part(of: left).map { ",\"amount\":\($0)" } ?? ""
            fields["allocate"] = "[{\"invoice\":\(id)\(amount)}]"
        }
        return fields
    }

    /// Credit for an invoice of the same account.
    private mutating func use(_ field: String, _ isKind: (PlainBooks.Credit) -> Bool) -> Fields? {
        let owing = books.openOf.filter { !$0.value.isEmpty }
        let id = someCredit { isKind($0) && $0.freeMinor > 0 && owing[$0.account] != nil }
        guard let id, let credit = books.credits[id] else { return nil }
        let open = books.openInvoices(of: credit.account)
        guard let invoice = pick(random.chance(6) ? books.invoices.keys.sorted() : open) else { return nil }
        var fields: Fields = [field: "\(id)", "invoice": "\(invoice)"]
        let fits = min(credit.freeMinor, books.invoices[invoice]?.openMinor ?? 0)
        if let part = part(of: fits) { fields["amount"] = part }
        return fields
    }

    private mutating func refund() -> Fields? {
        guard let id = someCredit({ $0.freeMinor > 0 }), let credit = books.credits[id] else { return nil }
        var fields: Fields = [(credit.kind == .payment ? "payment" : "creditNote"): "\(id)", "reason": text()]
        if credit.kind != .payment || random.chance(30) { fields["method"] = word(["cash", "transfer", "card"]) }
        if let part = part(of: credit.freeMinor) { fields["amount"] = part }
        return fields
    }
}
