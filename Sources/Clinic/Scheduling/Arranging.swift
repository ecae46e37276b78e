import Schema
import Timetable

/// Placing a wish on the calendar, by every rule of conflict.
extension ClinicState {
    borrowing func arrange(_ wish: Wish, _ asked: Asked) throws -> Arranged {
        let service = try service(wish.service)
        let policy = try policy()
        let starts = StartRule(wish: wish, policy: policy, asked: asked)
        try starts.checkLength()
        let venue = try venue(for: wish, service: service)
        let time = try PlannedTime.plan(
            wish.start, minutes: wish.minutes, in: venue.zone, tzdata: asked.tzdata, field: "start")
        try starts.check(time)
        guard let span = time.span else { throw Refusal.field("start", "`start` is out of range.") }

        let wanted = wish.occupancy(span, at: venue, service: service)
        let check = try conflictCheck(for: wish, at: venue, wanted: wanted, service: service, asked: asked)
        let room = check.room(for: wanted)
        let conflicts = check.conflicts(of: wanted) + room.conflicts
        do throws(Refusal) {
            let words = ConflictWords(check: check, wanted: wanted, knowsClient: asked.knows(wish.client))
            try OverrideRule(wish: wish, caller: asked.caller, words: words).check(conflicts)
        } catch {
            let day = try conflictCheck(
                for: wish, at: venue, wanted: wanted, isWholeDay: true, service: service, asked: asked)
            throw error.with {
                $0.nearest = NearestTimes.find(
                    near: wanted, by: day, stepMinutes: Int(policy.slotStepMinutes), among: starts.bookableMs)
            }
        }
        return Arranged(
            arrangement: arrangement(wish, venue, service, time, room: room.id), overridden: conflicts)
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
