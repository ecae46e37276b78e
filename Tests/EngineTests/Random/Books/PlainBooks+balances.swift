import Schema
import SwiftProtobuf

/// What an account owes and has, minor units.
struct PlainBalance: Hashable {
    var issued: Int64 = 0
    var credited: Int64 = 0
    var allocated: Int64 = 0
    var writtenOff: Int64 = 0
    var paid: Int64 = 0
    var creditNotes: Int64 = 0
    var refunded: Int64 = 0
    var uninvoiced: Int64 = 0
    var proposed: Int64 = 0

    var open: Int64 { issued - credited - allocated - writtenOff }
    var credit: Int64 { paid + creditNotes - credited - allocated - refunded }

    var words: String {
        "open \(open) credit \(credit) uninvoiced \(uninvoiced) proposed \(proposed) issued \(issued) credited \(credited) "
            + "allocated \(allocated) lost \(writtenOff) paid \(paid) notes \(creditNotes) refunded \(refunded)"
    }

    static func words(_ row: BalanceRow) -> String {
        "open \(row.open.minor) credit \(row.credit.minor) uninvoiced \(row.uninvoiced.minor) "
            + "proposed \(row.proposed.minor) issued \(row.issued.minor) credited \(row.credited.minor) "
            + "allocated \(row.allocated.minor) lost \(row.writtenOff.minor) paid \(row.paid.minor) "
            + "notes \(row.creditNotes.minor) refunded \(row.refunded.minor)"
    }
}

extension PlainBooks {
    /// Of a draft what it will come to: what its charges do now.
    func totalMinor(of id: UInt64) -> Int64 {
        guard let invoice = invoices[id] else { return 0 }
        guard invoice.standing == .draft else { return invoice.total }
        return invoice.charges.compactMap { charges[$0]?.grossMinor }.reduce(0, +)
    }

    /// Every account with something in it, summed from its documents.
    func balances() -> [Account: PlainBalance] {
        var found: [Account: PlainBalance] = [:]
        for invoice in invoices.values where invoice.standing == .issued {
            found[invoice.account, default: PlainBalance()].issued += invoice.total
            found[invoice.account]?.credited += invoice.credited
            found[invoice.account]?.allocated += invoice.allocated
            found[invoice.account]?.writtenOff += invoice.writtenOff
        }
        for credit in credits.values {
            let paid = credit.kind == .payment
            found[credit.account, default: PlainBalance()].paid += paid ? credit.amount - credit.reversed : 0
            found[credit.account]?.creditNotes += paid ? 0 : credit.amount
            found[credit.account]?.refunded += credit.refunded
        }
        for charge in charges.values where charge.owesNothingYet {
            let own = Account.with { $0.client = charge.posted.client }
            if charge.posted.proposed, charge.standing == .pending {
                found[own, default: PlainBalance()].proposed += charge.grossMinor
            } else {
                found[own, default: PlainBalance()].uninvoiced += charge.grossMinor
            }
        }
        return found.filter { $0.value != PlainBalance() }
    }

    /// What each account owes, by days past due: not due, to 30, to 60, to 90, and more.
    func ageing(on day: Int) -> [Account: [Int64]] {
        var found: [Account: [Int64]] = [:]
        for invoice in invoices.values where invoice.openMinor > 0 {
            let late = day - (PlainTime.day(invoice.dueOn) ?? day)
            let bucket = late <= 0 ? 0 : late <= 30 ? 1 : late <= 60 ? 2 : late <= 90 ? 3 : 4
            found[invoice.account, default: [0, 0, 0, 0, 0]][bucket] += invoice.openMinor
        }
        return found
    }
}

extension Account {
    /// Client, and payer where one pays.
    var words: String { hasPayer ? "\(client) by \(payer)" : "\(client)" }
}

extension AccountRow {
    var words: String { hasPayer ? "\(client) by \(payer)" : "\(client)" }
}

extension AgeingRow {
    var buckets: [Int64] {
        [current.minor, days1To30.minor, days31To60.minor, days61To90.minor, days91AndMore.minor]
    }
}
