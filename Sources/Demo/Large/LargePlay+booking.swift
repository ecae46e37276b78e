import Clinic
import Schema
import SwiftProtobuf
import Timetable

/// Onto the calendar, and what will become of it there.
extension LargePlay {
    /// So many of their hours everybody has on the calendar.
    static var bookedAhead: Int { 4 }

    mutating func bookStanding(_ index: Int, week: Int) throws {
        let client = clients[index]
        let step = client.rhythm == .weekly ? 1 : 2
        let slot = weeks[client.therapist].slots[client.slot]
        let (local, ms) = start(slot, week: week, therapist: client.therapist)
        // Whoever has been here books the hour after those that are booked.
        let later = week + step * Self.bookedAhead
        if client.weeks.contains(later) {
            plan(.bookStanding(index, week: later), atMs: ms + Int64(slot.service.occupiedMinutes) * 60_000)
        }
        guard !client.hasLeft, ms > stage.nowMs else { return }
        // The desk sees who is away; now and then somebody tries all the same.
        guard !isAway(client.therapist, on: local.date) || random.chance(percent: 5) else { return }
        try book(index, slot, local, ms, isStanding: true)
    }

    mutating func bookIntake(_ index: Int) throws {
        let client = clients[index]
        guard let week = client.intakeWeek else { return }
        let slot = weeks[client.therapist].intake
        let (local, ms) = start(slot, week: week, therapist: client.therapist)
        guard ms > stage.nowMs, !isAway(client.therapist, on: local.date) else { return }
        try book(index, slot, local, ms, isStanding: false)
    }

    private mutating func book(
        _ index: Int, _ slot: LargeSlot, _ local: LocalDateTime, _ ms: Int64, isStanding: Bool
    ) throws {
        let therapist = clients[index].therapist
        let command = BookAppointment.with {
            $0.client = clients[index].id ?? 0
            $0.staff = staff(therapist)
            $0.service = house.services[slot.service] ?? 0
            if !slot.isOnline { $0.location = house.places[LargePlace(therapist: therapist)] ?? 0 }
            $0.start = local.description
        }
        guard let reply = try send(desk(therapist), command) else { return }
        appointments += 1
        let visit = LargeVisit(
            id: reply.id, client: index, therapist: therapist, service: slot.service, isOnline: slot.isOnline,
            start: local, startMs: ms, priceMinor: house.price(of: slot.service, on: local.date),
            isStanding: isStanding)
        keep(visit)
        if isStanding { planFate(of: visit) } else { planSession(visit) }
    }

    mutating func keep(_ visit: LargeVisit) {
        visits[visit.id] = visit
        booked[visit.start.date.daysSinceEpoch, default: []].append(visit.id)
    }

    private mutating func planFate(of visit: LargeVisit) {
        switch random.int(0...99) {
        case 0..<4: plan(.miss(visit.ref), atMs: visit.startMs + 20 * 60_000)
        case 4..<7: plan(.cancel(visit.ref, .late), atMs: visit.startMs - Int64(random.int(1...12)) * 3_600_000)
        case 7..<11: plan(.cancel(visit.ref, .early), atMs: visit.startMs - Int64(random.int(30...120)) * 3_600_000)
        case 11..<12: plan(.cancel(visit.ref, .clinic), atMs: visit.startMs - Int64(random.int(2...30)) * 3_600_000)
        case 12..<16: planMove(visit)
        default: planSession(visit)
        }
    }

    /// Asks for another hour of that day; a refusal names those that are free.
    private mutating func planMove(_ visit: LargeVisit) {
        let minutes = random.pick([60, -60, 120, 180])
        guard let to = visit.start.adding(wallMinutes: Int64(minutes)) else { return planSession(visit) }
        let hours = random.int(26...96)
        guard visit.startMs - Int64(hours) * 3_600_000 > stage.nowMs else { return planSession(visit) }
        plan(.move(visit.ref, to, isLastTry: false), atMs: visit.startMs - Int64(hours) * 3_600_000)
    }

    mutating func planSession(_ visit: LargeVisit) {
        let minuteMs: Int64 = 60_000
        if random.chance(percent: 45) {
            plan(.confirm(visit.ref), atMs: visit.startMs - Int64(random.int(18...28)) * 3_600_000)
        }
        if random.chance(percent: 35) {
            plan(.lookAtChart(client: visit.client, therapist: visit.therapist), atMs: visit.startMs - 9 * minuteMs)
        }
        if random.chance(percent: 5) {
            return plan(.record(visit.ref), atMs: visit.startMs + Int64(random.int(120...600)) * minuteMs)
        }
        if !visit.isOnline { plan(.checkIn(visit.ref), atMs: visit.startMs - Int64(random.int(0...3)) * 5 * minuteMs) }
        if random.chance(percent: 1) { plan(.overstep(visit.ref), atMs: visit.startMs - 2 * minuteMs) }
        plan(.start(visit.ref), atMs: visit.startMs)
        plan(
            .end(visit.ref),
            atMs: visit.startMs + Int64(visit.service.minutes + random.int(0...1) * 5) * minuteMs)
    }
}
