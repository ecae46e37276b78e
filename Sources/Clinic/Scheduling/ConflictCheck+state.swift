import LMDBKit
import Schema
import Timetable

extension ClinicState {
    /// Reads what can be in the way of a wish at `span`, or near it on the same day.
    borrowing func conflictCheck(
        for wish: Wish, at venue: Venue, span: Span, service: ServiceDefined, asked: Asked
    ) throws -> ConflictCheck {
        let day = Span(startMs: span.startMs - 86_400_000, endMs: span.endMs + 86_400_000) ?? span
        let member = try staff(wish.staff)
        let offers = member.offers
        let homeZone = Zone(offers.homeZone) ?? venue.zone
        let zone = venue.site == nil ? homeZone : venue.zone
        let defaultTravel = Int(try policy().defaultTravelMinutes)
        let therapist = try diary(.therapist, wish.staff, around: day)
        let isCapped = !Caps(offers).isUnlimited
        let counted = isCapped ? try diary(.therapist, wish.staff, around: day, reachMs: Diary.weekMs) : therapist
        return ConflictCheck(
            therapist: therapist, client: try diary(.client, wish.client, around: day),
            rooms: venue.needsRoom || wish.room != nil
                ? try rooms(for: wish, at: venue, service: service, around: day) : [],
            openings: try openings(of: wish.staff, at: venue.site, zone: zone, around: day),
            caps: CapLedger(
                Caps(offers), zone: zone, sessions: counted, nowMs: asked.nowMs, except: wish.moving),
            travel: Travel(worksOnlineFrom: offers.hasWorksOnlineFrom ? offers.worksOnlineFrom : nil) { _, _ in
                defaultTravel
            },
            openingWish: OpeningWish(
                service: wish.service, modality: Timetable.Modality(wish.modality) ?? .inPerson),
            nowMs: asked.nowMs, isImport: asked.isImport)
    }

    /// The room that was named, or every suitable one in order of choice: smallest, then sort key, then id.
    private borrowing func rooms(
        for wish: Wish, at venue: Venue, service: ServiceDefined, around day: Span
    ) throws -> [ConflictCheck.RoomDiary] {
        var candidates: [(id: UInt64, room: RoomAdded)] = []
        if let id = wish.room {
            let room = try room(id)
            guard room.location == venue.location else {
                throw Refusal.rule(
                    "INV-LOC-02", "The room is elsewhere", "This room belongs to another location.")
                    .with { $0.field = "room" }
            }
            candidates = [(id, room)]
        } else if let location = venue.location {
            try tables.roomsOfLocation.scan(prefix: location, in: transaction) { key, _ in
                candidates.append((key.second, try room(key.second)))
                return .next
            }
            candidates.sort {
                ($0.room.capacity, $0.room.sortKey, $0.id) < ($1.room.capacity, $1.room.sortKey, $1.id)
            }
        }
        let suitable = candidates.filter { $0.room.capacity >= service.people }
        guard !suitable.isEmpty else {
            throw Refusal.rule(
                "INV-SCHED-04", "No suitable room",
                candidates.isEmpty
                    ? "This location has no rooms. Add one first." : "No room here is large enough for this service.")
                .with { $0.field = wish.room == nil ? "location" : "room" }
        }
        return try suitable.map { id, room in
            ConflictCheck.RoomDiary(
                id: id, concurrent: Int(room.concurrent), setupMinutes: Int(room.setupMinutes),
                turnaroundMinutes: Int(room.turnaroundMinutes), others: try diary(.room, id, around: day))
        }
    }
}

extension Caps {
    init(_ offers: StaffServicesSet) {
        func limit(_ value: UInt32) -> Int? { value == 0 ? nil : Int(value) }
        self.init(
            maxSessionsPerDay: limit(offers.sessionsPerDayMax), maxSessionsPerWeek: limit(offers.sessionsPerWeekMax),
            maxConsecutiveMinutes: limit(offers.consecutiveMinutesMax),
            minBreakMinutes: max(1, Int(offers.breakMinutesMin)))
    }
}
