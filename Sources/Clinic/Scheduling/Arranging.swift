import Schema
import Timetable

/// Placing a wish on the calendar, by every rule of conflict.
extension ClinicState {
    borrowing func arrange(_ wish: Wish, _ asked: Asked) throws -> Arranged {
        let service = try service(wish.service)
        let policy = try policy()
        try StartRule.checkLength(wish.minutes, policy, asked)
        let venue = try venue(for: wish, service: service)
        let time = try PlannedTime.plan(
            wish.start, minutes: wish.minutes, in: venue.zone, tzdata: asked.tzdata, field: "start")
        try StartRule.check(time, wish, policy, asked)
        guard let span = time.span else { throw Refusal.field("start", "`start` is out of range.") }

        let check = try conflictCheck(for: wish, at: venue, span: span, service: service, asked: asked)
        let wanted = Occupancy(
            span: span, place: Place(wish.modality, location: wish.location), appointment: wish.moving,
            bufferBeforeMinutes: Int(service.bufferBeforeMinutes), bufferAfterMinutes: Int(service.bufferAfterMinutes),
            flags: wish.supportive ? .supportive : [])
        var conflicts = check.conflicts(of: wanted)
        let room = check.rooms.isEmpty ? nil : check.room(for: wanted)
        conflicts += room?.conflicts ?? []
        do throws(Refusal) {
            try OverrideRule.check(
                conflicts, wish: wish, asked: asked, mayOverlapClient: mayOverlapClient(wanted, check))
        } catch {
            let inTheWay = check.span(of: conflicts.first?.appointment)
            throw ConflictRefusal.telling(error, when: inTheWay, in: venue.zone).with {
                $0.nearest = NearestTimes.find(
                    near: wanted, by: check, at: venue, stepMinutes: Int(policy.slotStepMinutes))
            }
        }
        return Arranged(
            arrangement: arrangement(wish, venue, service, time, room: room?.id), overridden: conflicts)
    }

    /// One of the two must be supportive, for every appointment of the client that is in the way.
    private borrowing func mayOverlapClient(_ wanted: Occupancy, _ check: ConflictCheck) -> Bool {
        check.client.filter { $0.appointment != wanted.appointment && $0.span.overlaps(wanted.span) }
            .allSatisfy { ClientRule.mayOverlap(wanted, $0) }
    }

    private borrowing func arrangement(
        _ wish: Wish, _ venue: Venue, _ service: ServiceDefined, _ time: PlannedTime, room: UInt64?
    ) -> Arrangement {
        var arrangement = Arrangement()
        arrangement.staff = wish.staff
        if let location = venue.location { arrangement.location = location }
        if let room { arrangement.room = room }
        arrangement.modality = wish.modality
        arrangement.time = time
        arrangement.bufferBeforeMinutes = service.bufferBeforeMinutes
        arrangement.bufferAfterMinutes = service.bufferAfterMinutes
        return arrangement
    }
}
