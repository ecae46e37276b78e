import Clinic
import Foundation
import Schema
import TestKit

extension Sensible {
    /// A time at which a therapist can see a client, by the plain rules, or one that only an override makes possible.
    private mutating func spot(_ base: PlainWish, isFree: Bool) -> (wish: PlainWish, conflicts: Set<PlainConflict>)? {
        let zone = clinic.zone(of: base)
        let site = base.modality == .inPerson ? base.location : nil
        let lengthMs = base.endMs - base.startMs
        for _ in 0..<14 {
            let day = random.chance(60) ? world.today : day(random.chance(85) ? 1...2 : 3...25)
            let hours = clinic.weekly(base.staff, at: site, on: day, zone) { _ in true }
            var spans = hours
            spans += clinic.openings.filter { $0.staff == base.staff }.suffix(2)
                .map { ($0.time.startAt, $0.time.endAt) }
            if !isFree, random.chance(30) { spans.append((nowMs, nowMs + PlainTime.dayMs)) }
            let away = clinic.absences.values.filter { $0.isApproved && $0.staff == base.staff && $0.endMs > nowMs }
            if !isFree, random.chance(40),
                let absence = away.max(by: { ($0.startMs, $0.endMs) < ($1.startMs, $1.endMs) })
            {
                spans = [(absence.startMs, absence.endMs)]
            }
            guard let span = pick(spans) else { continue }
            let stepMs = Int64(random.chance(80) ? 15 : 5) * 60_000
            let fromMs: Int64 = (max(span.fromMs, nowMs + 1) + stepMs - 1) / stepMs * stepMs
            guard fromMs + lengthMs <= span.toMs else { continue }
            let steps: Int64 = (span.toMs - lengthMs - fromMs) / stepMs
            var wish = base
            wish.startMs = fromMs + stepMs * Int64.random(in: 0...steps, using: &random)
            wish.endMs = wish.startMs + lengthMs
            guard let room = clinic.room(for: wish) else { return nil }
            let conflicts = clinic.conflicts(of: wish).union(room.conflicts)
            let isPossible = conflicts.allSatisfy {
                clinic.mayOverride($0, isSupportive: wish.isSupportive, [.owner], isOwn: false)
            }
            if isFree ? conflicts.isEmpty : isPossible && !conflicts.isEmpty { return (wish, conflicts) }
        }
        return nil
    }

    private mutating func override(_ conflicts: Set<PlainConflict>, _ fields: inout Fields) {
        guard !conflicts.isEmpty else { return }
        let words = Set(conflicts.map(\.kind)).sorted().map(Self.quoted).joined(separator: ",")
        fields["override"] = "[\(words)]"
        fields["overrideReason"] = text()
        needed = [.owner, .practiceManager]
    }

    /// The clock by which the start is told.
    private func reading(_ wish: PlainWish) -> String {
        let zone = wish.location.flatMap { clinic.locations[$0]?.zone }.map(PlainClinic.zone) ?? clinic.onlineZone
        return Self.quoted(PlainTime.reading(wish.startMs, zone))
    }

    mutating func booking() -> Fields? {
        guard let staff = pick(world.therapists), var client = pick(Array(world.clients.suffix(40))) else { return nil }
        // Rather one of their own, about whom they may write.
        let own = world.clients.filter { clinic.isOnTeam(staff, of: $0, atMs: nowMs) }
        if random.chance(50), let one = pick(Array(own.suffix(40))) { client = one }
        let offers = clinic.staff[staff]?.offers.services ?? []
        guard let id = pick(offers.isEmpty ? world.ids("service") : offers), let service = clinic.services[id]
        else { return nil }
        let modality = pick(service.modalities) ?? .inPerson
        let placed = (clinic.weeks[staff] ?? []).compactMap { $0.hours.hasLocation ? $0.hours.location : nil }
        let location = modality == .inPerson ? pick(placed) : nil
        let minutes = random.chance(15) ? pick([25, 30, 50, 80, 12, 485] as [UInt32]) : nil
        let base = PlainWish(
            client: client, staff: staff, service: id, modality: modality, location: location, startMs: 0,
            endMs: Int64(minutes ?? service.minutes) * 60_000, bufferBeforeMinutes: service.bufferBeforeMinutes,
            bufferAfterMinutes: service.bufferAfterMinutes, isSupportive: service.supportive)
        var fields: Fields = [
            "client": "\(client)", "staff": "\(staff)", "service": "\(id)",
            "modality": Self.quoted(RandomField.word(modality)),
        ]
        if let location { fields["location"] = "\(location)" }
        if let minutes { fields["minutes"] = "\(minutes)" }
        if random.chance(8) { return afterwards(base, fields) }
        if random.chance(18) { return beside(base, fields) }
        guard let (wish, conflicts) = spot(base, isFree: random.chance(86)) else { return nil }
        fields["start"] = reading(wish)
        if conflicts.isEmpty, random.chance(20), let room = clinic.room(for: wish)?.room { fields["room"] = "\(room)" }
        override(conflicts, &fields)
        return fields
    }

    /// One at the time of another, or next to it, which may be possible or not.
    private mutating func beside(_ base: PlainWish, _ fields: Fields) -> Fields? {
        let others = world.visits { $0.startMs > nowMs && $0.occupies }
        guard let id = pick(Array(others.suffix(30))), let other = clinic.visits[id] else { return nil }
        let lengthMs = base.endMs - base.startMs
        let steps: [Int64] = [-lengthMs, other.endMs - other.startMs, 0, 300_000, -300_000 - lengthMs, 900_000]
        var wish = base
        wish.startMs = other.startMs + (pick(steps) ?? 0)
        guard wish.startMs > nowMs, wish.startMs % 300_000 == 0 else { return nil }
        var fields = fields
        if random.chance(40) { fields["client"] = "\(other.client)" }
        if random.chance(40) { fields["staff"] = "\(other.place.staff)" }
        if random.chance(30), other.place.hasRoom { fields["room"] = "\(other.place.room)" }
        fields["start"] = reading(wish)
        return fields
    }

    /// One that took place already.
    private mutating func afterwards(_ base: PlainWish, _ fields: Fields) -> Fields? {
        var wish = base
        let lengthMs = base.endMs - base.startMs
        let quarters: Int64 = nowMs / 900_000
        // Within the last twenty days.
        wish.startMs = 900_000 * (quarters - Int64.random(in: 0...1_920, using: &random))
        wish.endMs = wish.startMs + lengthMs
        guard let room = clinic.room(for: wish) else { return nil }
        let conflicts = clinic.conflicts(of: wish).union(room.conflicts)
        guard conflicts.allSatisfy({ clinic.mayOverride($0, isSupportive: false, [.owner], isOwn: false) }) else {
            return nil
        }
        var fields = fields
        fields["start"] = reading(wish)
        fields["retrospectiveReason"] = text()
        needed = [.owner, .practiceManager]
        override(conflicts, &fields)
        return fields
    }

    mutating func move() -> Fields? {
        let open = world.visits { [.booked, .confirmed].contains($0.status) }
        let hinted = open.filter { $0 == world.hint }
        guard let id = pick(hinted.isEmpty ? open : hinted), let visit = clinic.visits[id],
            let service = clinic.services[visit.service]
        else {
            return nil
        }
        let place = visit.place
        var base = PlainWish(
            client: visit.client, staff: place.staff, service: visit.service, modality: place.modality,
            location: place.hasLocation ? place.location : nil, keptRoom: place.hasRoom ? place.room : nil, startMs: 0,
            endMs: visit.endMs - visit.startMs, moving: id, bufferBeforeMinutes: service.bufferBeforeMinutes,
            bufferAfterMinutes: service.bufferAfterMinutes, isSupportive: visit.isSupportive)
        var fields: Fields = ["appointment": "\(id)"]
        if random.chance(25), let other = pick(world.therapists), other != place.staff {
            base.staff = other
            fields["staff"] = "\(other)"
        }
        guard let (wish, conflicts) = spot(base, isFree: random.chance(88)) else { return nil }
        fields["start"] = reading(wish)
        fields["by"] = word(["client", "client", "clinic"])
        if random.chance(20) { fields["notice"] = Self.quoted(PlainTime.reading(nowMs, clinic.zone)) }
        if random.chance(20) { fields["reason"] = text() }
        if random.chance(20) { fields["expecting"] = String(clinic.changed[id] ?? 0) }
        override(conflicts, &fields)
        if needed == nil { needed = [.owner, .practiceManager, .frontDesk] }
        return fields
    }

    /// The next step of an appointment that can take it.
    mutating func step(_ command: String) -> Fields? {
        let now = nowMs
        let fit = world.visits { visit in
            switch command {
            case "ConfirmAppointment": visit.status == .booked && visit.startMs > now
            case "CheckInClient":
                [.booked, .confirmed].contains(visit.status) && visit.startMs - 7_200_000 <= now && now < visit.endMs
            case "StartSession": visit.canStart(atMs: now)
            case "EndSession": visit.canEnd(atMs: now)
            case "RecordSession": visit.isOpen && visit.endMs <= now
            case "MarkNoShow": [.booked, .confirmed].contains(visit.status) && visit.startMs + 900_000 <= now
            case "CancelAppointment": visit.isOpen
            default: visit.status != .enteredInError
            }
        }
        // Whether it may or not: a rule turns at this very time.
        let any = random.chance(8) ? Array(world.ids("appointment").suffix(30)) : fit
        let hinted = world.hint.flatMap { fit.contains($0) || random.chance(30) ? $0 : nil }
        let id = random.chance(60) ? hinted ?? pick(any) : pick(any)
        guard let id, let visit = clinic.visits[id] else { return nil }
        var fields: Fields = ["appointment": "\(id)"]
        switch command {
        case "ConfirmAppointment":
            fields["by"] = word(["client", "clinic"])
            if random.chance(50) { fields["channel"] = word(["phone", "sms", "email", "in_person", "portal"]) }
        case "CheckInClient": fields["idChecked"] = random.chance(50) ? "true" : "false"
        case "StartSession" where [.online, .phone].contains(visit.place.modality):
            fields["clientPlace"] = text()
            if visit.place.modality == .online || random.chance(50) { fields["clientJurisdiction"] = "\"DE-BE\"" }
        case "RecordSession" where random.chance(50): record(visit, &fields)
        case "MarkNoShow": fields["minutesWaited"] = number([0, 15, 20, 480])
        case "CancelAppointment": cancel(id, &fields)
        case "MarkEnteredInError": fields["reason"] = text()
        default: break
        }
        return fields
    }

    private func record(_ visit: PlainClinic.Visit, _ fields: inout Fields) {
        let zone = PlainClinic.zone(visit.place.time.zone)
        fields["started"] = Self.quoted(PlainTime.reading(visit.startMs, zone))
        fields["ended"] = Self.quoted(PlainTime.reading(min(visit.endMs, nowMs), zone))
    }

    private mutating func cancel(_ id: UInt64, _ fields: inout Fields) {
        fields["by"] = word(["client", "client", "clinic"])
        fields["reason"] = word(["client_illness", "weather", "therapist_schedule", "other", "duplicate"])
        if random.chance(30) { fields["note"] = text() }
        if random.chance(20) { fields["notice"] = Self.quoted(PlainTime.reading(nowMs, clinic.zone)) }
        if random.chance(20) { fields["expecting"] = String(clinic.changed[id] ?? 0) }
    }
}
