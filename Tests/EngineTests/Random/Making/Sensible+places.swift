import Foundation
import Schema
import TestKit

extension Sensible {
    mutating func absence() -> Fields? {
        guard let staff = pick(world.therapists) else { return nil }
        var startMs = PlainTime.ms(day: day(0...10), minute: 540, clinic.zone)
        // Rather over an appointment.
        let booked = world.visits { $0.place.staff == staff && $0.isOpen && $0.startMs > nowMs }
        if random.chance(60), let id = pick(booked), let visit = clinic.visits[id] { startMs = visit.startMs }
        let endMs = startMs + Int64(pick([1, 4, 8, 24, 72]) ?? 1) * 3_600_000
        var fields: Fields = [
            "staff": "\(staff)", "kind": word(["annual", "sick", "training", "admin", "other"]),
            "start": Self.quoted(PlainTime.reading(startMs, clinic.zone)),
            "end": Self.quoted(PlainTime.reading(endMs, clinic.zone)),
        ]
        if random.chance(50) { fields["reason"] = text() }
        return fields
    }

    mutating func approval() -> Fields? {
        let open = clinic.absences.filter { !$0.value.isApproved && $0.value.endMs > nowMs }.map(\.key).sorted()
        guard let id = pick(open), let absence = clinic.absences[id] else { return nil }
        let affected = clinic.affected(absence.staff, absence.startMs, absence.endMs, nowMs).sorted()
        let resolutions = affected.map { visit in
            switch pick([0, 1, 1, 2, 2]) ?? 0 {
            case 0: "{\"appointment\":\(visit),\"action\":\"keep\"}"
            case 1: "{\"appointment\":\(visit),\"action\":\"cancel\"}"
            default: reassigned(visit, from: absence.staff)
            }
        }
        let concerned = [absence.staff, absence.requestedBy]
        if concerned.contains(where: { !clinic.roles(of: $0, atMs: nowMs).contains(.owner) }) {
            avoided = Set(concerned)
        }
        return ["timeOff": "\(id)", "resolutions": "[\(resolutions.joined(separator: ","))]"]
    }

    private mutating func reassigned(_ id: UInt64, from staff: UInt64) -> String {
        let others = world.therapists.filter { other in
            guard other != staff, let visit = clinic.visits[id] else { return false }
            var place = visit.place
            place.staff = other
            let wish = PlainWish(
                client: visit.client, staff: other, service: visit.service, modality: place.modality,
                location: place.hasLocation ? place.location : nil, startMs: visit.startMs, endMs: visit.endMs,
                moving: id, bufferBeforeMinutes: place.bufferBeforeMinutes,
                bufferAfterMinutes: place.bufferAfterMinutes, isSupportive: visit.isSupportive)
            return clinic.conflicts(of: wish).isEmpty
        }
        guard let other = pick(others) else { return "{\"appointment\":\(id),\"action\":\"cancel\"}" }
        return "{\"appointment\":\(id),\"action\":\"reassign\",\"staff\":\(other)}"
    }

    mutating func week() -> Fields? {
        guard let staff = pick(world.staff(with: [.therapist, .trainee])) else { return nil }
        let location = random.chance(75) ? pick(world.ids("location")) : nil
        let elsewhere = (clinic.weeks[staff] ?? []).contains {
            ($0.hours.hasLocation ? $0.hours.location : nil) != location && !$0.hours.blocks.isEmpty
        }
        // Who is elsewhere by day is here in the evening.
        let (from, to) = elsewhere ? ([18, 19], [20, 21, 24]) : ([7, 8, 9, 10], [15, 17, 18])
        var blocks: [String] = []
        for day in 1...7 where random.chance(day > 5 ? 15 : 85) {
            var block = "\"weekday\":\(day),\"from\":\"\(PlainTime.text(minute: (pick(from) ?? 8) * 60))\""
            block += ",\"to\":\"\(PlainTime.text(minute: (pick(to) ?? 17) * 60))\""
            if random.chance(10), let service = pick(world.ids("service")) { block += ",\"services\":[\(service)]" }
            blocks.append("{\(block)}")
        }
        var fields: Fields = [
            "staff": "\(staff)", "effectiveFrom": Self.date(day(0...21)),
            "blocks": "[\(blocks.joined(separator: ","))]",
        ]
        if let location { fields["location"] = "\(location)" }
        return fields
    }

    mutating func opening() -> Fields? {
        guard let staff = pick(world.therapists) else { return nil }
        let placed = (clinic.weeks[staff] ?? []).compactMap { $0.hours.hasLocation ? $0.hours.location : nil }
        let location = random.chance(80) ? pick(placed) : nil
        let home = clinic.staff[staff]?.offers.homeZone ?? ""
        let zone =
            location.flatMap { clinic.locations[$0]?.zone }.map(PlainClinic.zone) ?? TimeZone(identifier: home)
            ?? clinic.onlineZone
        let startMs = PlainTime.ms(day: day(0...10), minute: (pick([6, 12, 18, 19, 20]) ?? 18) * 60, zone)
        let endMs = startMs + Int64(pick([1, 2, 3]) ?? 1) * 3_600_000
        var fields: Fields = [
            "staff": "\(staff)", "start": Self.quoted(PlainTime.reading(startMs, zone)),
            "end": Self.quoted(PlainTime.reading(endMs, zone)),
        ]
        if let location { fields["location"] = "\(location)" }
        return fields
    }

    mutating func place(_ command: String) -> Fields? {
        switch command {
        case "AddLocation":
            guard world.ids("location").count < 6 else { return nil }
            return [
                "name": Self.quoted(name()),
                "zone": word(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
                "requiresRoom": random.chance(60) ? "true" : "false",
            ]
        case "AddRoom":
            guard let location = pick(world.ids("location")) else { return nil }
            return [
                "location": "\(location)", "name": Self.quoted(name()), "capacity": number([2, 2, 3, 8]),
                "concurrent": number([1, 1, 1, 2]), "setupMinutes": number([0, 0, 5]),
                "turnaroundMinutes": number([0, 0, 10]), "sortKey": number([0, 1, -1]),
            ]
        case "DefineService": return service()
        default:
            let services = Set((0..<3).compactMap { _ in pick(world.ids("service")) }).sorted()
            let prices = services.map { service in
                "{\"service\":\(service),\"amount\":{\"minor\":\(number([0, 9_000, 12_050])),\"currency\":\"EUR\"}}"
            }
            return ["effectiveFrom": Self.date(day(-3...20)), "prices": "[\(prices.joined(separator: ","))]"]
        }
    }

    private mutating func service() -> Fields? {
        var fields = plainService()
        if random.chance(30), let code = pick(books.rates.keys.sorted()) { fields["taxCode"] = Self.quoted(code) }
        return fields
    }

    private mutating func plainService() -> Fields {
        let ways = [["in_person"], ["online", "phone"], ["in_person", "online"], ["home_visit"]]
        let modalities = (pick(ways) ?? []).map(Self.quoted).joined(separator: ",")
        return [
            "code": "\"S\(Int.random(in: 0...9_999, using: &random))\"", "name": Self.quoted(name()),
            "minutes": number([25, 50, 50, 80]), "modalities": "[\(modalities)]",
            "bufferBeforeMinutes": number([0, 0, 5, 15]), "bufferAfterMinutes": number([0, 0, 10]),
            "cpt": word(["", "90834", "H0004", "0591T"]), "supportive": random.chance(25) ? "true" : "false",
            "privacyRoom": random.chance(15) ? "true" : "false", "people": number([2, 2, 2, 3]),
        ]
    }
}
