import Clinic
import Foundation
import Schema
import TestKit

extension Sensible {
    var books: PlainBooks { clinic.books }

    func amount(_ minor: Int64) -> String {
        "{\"minor\":\(minor),\"currency\":\(Self.quoted(clinic.practice.currency))}"
    }

    /// Part of what there is, or all of it; rarely more, which is refused.
    mutating func part(of available: Int64) -> String? {
        guard random.chance(55) else { return nil }
        if random.chance(6) { return amount(available + 1) }
        return amount(Int64.random(in: 1...max(1, available), using: &random))
    }

    mutating func setting(_ command: String) -> Fields? {
        switch command {
        case "UpdatePracticeProfile":
            let field = pick(["legalName", "address", "taxId", "phone", "paymentInstructions"]) ?? ""
            return [field: Self.quoted("Words \(Int.random(in: 0...99, using: &random))")]
        case "PublishCancellationPolicy":
            var fields: Fields = ["lateWindowMinutes": number([0, 60, 1_440, 2_880])]
            if random.chance(80) { fields["lateCancelFee"] = fee() }
            if random.chance(80) { fields["noShowFee"] = fee() }
            if random.chance(40) { fields["freePerYear"] = number([0, 1, 2]) }
            if random.chance(30) { fields["exemptReasons"] = "[\"client_illness\"]" }
            return fields
        case "DefineTaxCode":
            var fields: Fields = [
                "code": word(["GST", "VAT", "VAT-7"]), "basisPoints": number([0, 333, 725, 900, 2_000]),
            ]
            if random.chance(50) { fields["effectiveFrom"] = Self.date(day(-30...10)) }
            if random.chance(20) { fields["exemption"] = word(["Article 132", "§ 4 Nr. 14 UStG"]) }
            return fields
        default:
            var fields: Fields = ["name": Self.quoted(name()), "missedAllowed": random.chance(50) ? "true" : "false"]
            if random.chance(50) { fields["dueDays"] = number([0, 7, 60]) }
            if random.chance(30) { fields["address"] = text() }
            return fields
        }
    }

    private mutating func fee() -> String {
        random.chance(50)
            ? "{\"amount\":\(amount(pick([0, 2_500, 4_000]) ?? 0))}" : "{\"basisPoints\":\(number([0, 3_333, 10_000]))}"
    }

    mutating func charging(_ command: String) -> Fields? {
        switch command {
        case "PostCharge": return random.chance(30) ? sessionCharge() : charge()
        case "AdjustCharge": return adjustment()
        case "WaiveFee":
            let fees = books.charges.filter { $0.value.isFee && $0.value.standing == .pending }.keys.sorted()
            return pick(fees).map { ["charge": "\($0)", "reason": text()] }
        default:
            let pending = books.charges.filter { $0.value.standing == .pending }.keys.sorted()
            let any = random.chance(10) ? books.charges.keys.sorted() : pending
            return pick(any).map { ["charge": "\($0)", "reason": text()] }
        }
    }

    /// For a session that nothing was charged for.
    private mutating func sessionCharge() -> Fields? {
        let free = world.visits { $0.status == .completed }.filter { books.sessionCharge(of: $0) == nil }
        let any = random.chance(8) ? world.ids("appointment") : free
        guard let id = pick(any), let visit = clinic.visits[id] else { return nil }
        var fields: Fields = ["appointment": "\(id)"]
        let day = PlainTime.day(visit.place.time.startLocal.prefix(10)) ?? 0
        if visit.price == nil && clinic.price(of: visit.service, on: day) == nil || random.chance(20) {
            fields["unit"] = amount(pick([0, 4_999, 9_000, 12_050]) ?? 0)
            fields["remark"] = text()
        }
        return fields
    }

    private mutating func charge() -> Fields? {
        guard let client = pick(world.clients) else { return nil }
        var fields: Fields = ["client": "\(client)", "kind": word(["product", "report", "admin"])]
        let priced = Set(clinic.prices.filter { $0.fromDay <= world.today }.map(\.service)).sorted()
        if let service = pick(priced), random.chance(25) {
            fields["service"] = "\(service)"
        } else {
            fields["unit"] = amount(pick([0, 1, 10, 333, 5_000, 9_000, 12_345, 250_000]) ?? 0)
            fields["remark"] = text()
        }
        if random.chance(30) { fields["quantity"] = number([1, 2, 3, 12]) }
        if random.chance(20) {
            fields["discount"] = amount(pick([0, 1, 100]) ?? 0)
            fields["remark"] = text()
        }
        if random.chance(35), let code = pick(books.rates.keys.sorted()) { fields["taxCode"] = Self.quoted(code) }
        if random.chance(25) { fields["serviceDate"] = Self.date(day(-40...0)) }
        if random.chance(3) { fields["remark"] = "\"Paid with 4111 1111-1111 1111\"" }
        return fields
    }

    private mutating func adjustment() -> Fields? {
        let pending = books.charges.filter { $0.value.standing == .pending }.keys.sorted()
        let any = random.chance(8) ? books.charges.keys.sorted() : pending
        guard let id = pick(any), let line = books.charges[id]?.posted.line else { return nil }
        var fields: Fields = ["charge": "\(id)", "reason": text()]
        switch pick([0, 1, 2]) ?? 0 {
        case 0: fields["quantity"] = number([1, 2, 5])
        case 1: fields["unit"] = amount(pick([0, 1_000, 8_000, 11_111]) ?? 0)
        default:
            let full = Int64(line.quantity) * line.unit.minor
            fields["discount"] = amount(random.chance(6) ? full + 1 : Int64.random(in: 0...full, using: &random))
        }
        if random.chance(20) { fields["expecting"] = String(books.changed[id] ?? 0) }
        return fields
    }
}
