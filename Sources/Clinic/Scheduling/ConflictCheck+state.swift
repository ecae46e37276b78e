import LMDBKit
import Schema
import Timetable

extension ClinicState {
    /// Reads what can be in the way of `wanted`, or, for the whole day, of any time near it.
    ///
    /// Most bookings are in nobody's way: then few rows tell, of the rooms up to the first free one.
    borrowing func conflictCheck(
        for wish: Wish, at venue: Venue, wanted: Occupancy, isWholeDay: Bool = false, service: ServiceDefined,
        asked: Asked
    ) throws -> ConflictCheck {
        let span = wanted.span
        let aroundMs: Int64 = isWholeDay ? 86_400_000 : 0
        let day = Span(startMs: span.startMs - aroundMs, endMs: span.endMs + aroundMs) ?? span
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
            rooms: try rooms(
                for: wish, at: venue, service: service, around: day, upTo: isWholeDay ? nil : wanted, asked),
            isRoomRequired: venue.needsRoom || wish.room != nil, zone: venue.zone,
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

    /// The room that was named, or else every suitable one in order of choice: the preferred, the smallest, then by sort
    /// key and id. Those after the first that is free for `wanted` are left out.
    private borrowing func rooms(
        for wish: Wish, at venue: Venue, service: ServiceDefined, around day: Span, upTo wanted: Occupancy?,
        _ asked: Asked
    ) throws -> [ConflictCheck.RoomDiary] {
        var rooms = try candidates(for: wish, at: venue)
        guard venue.needsRoom || !rooms.isEmpty else { return [] }
        let isEmptySite = rooms.isEmpty
        rooms.removeAll { $0.room.capacity < service.people }
        guard !rooms.isEmpty || (wish.room == nil && !venue.needsRoom) else {
            throw Self.noSuitableRoom(wish, service, isEmptySite: isEmptySite)
        }
        rooms.sort { left, right in
            if left.id == wish.preferredRoom || right.id == wish.preferredRoom { return left.id == wish.preferredRoom }
            return (left.room.capacity, left.room.sortKey, left.id)
                < (right.room.capacity, right.room.sortKey, right.id)
        }
        var diaries: [ConflictCheck.RoomDiary] = []
        for (id, room) in rooms {
            let changeMs = Int64(room.setupMinutes + room.turnaroundMinutes) * 60_000
            let diary = ConflictCheck.RoomDiary(
                id: id, concurrent: Int(room.concurrent), setupMinutes: Int(room.setupMinutes),
                turnaroundMinutes: Int(room.turnaroundMinutes),
                others: try self.diary(.room, id, around: day, reachMs: Diary.sessionMaxMs + changeMs))
            diaries.append(diary)
            if let wanted, diary.conflicts(of: wanted, nowMs: asked.nowMs).isEmpty { break }
        }
        return diaries
    }

    private borrowing func candidates(
        for wish: Wish, at venue: Venue
    ) throws -> [(id: UInt64, room: RoomAdded)] {
        if let id = wish.room {
            let room = try room(id)
            guard room.location == venue.location else {
                throw Refusal.rule(
                    "INV-LOC-02", "The room is elsewhere", "This room belongs to another location."
                )
                .with { $0.field = "room" }
            }
            return [(id, room)]
        }
        guard venue.allowsRoom, let location = venue.location, venue.needsRoom || wish.preferredRoom != nil else {
            return []
        }
        var found: [(id: UInt64, room: RoomAdded)] = []
        try tables.roomsOfLocation.scan(prefix: location, in: transaction) { key, _ in
            // Where no room is needed, only one that the appointment has already is kept.
            if venue.needsRoom || key.second == wish.preferredRoom {
                found.append((key.second, try room(key.second)))
            }
            return .next
        }
        return found
    }

    private static func noSuitableRoom(_ wish: Wish, _ service: ServiceDefined, isEmptySite: Bool) -> Refusal {
        if isEmptySite {
            return Refusal.rule("INV-SCHED-04", "No suitable room", "This location has no rooms. Add one first.")
                .with { $0.field = "location" }
        }
        let which = wish.room == nil ? "No room here" : "This room"
        let verb = wish.room == nil ? "is" : "is not"
        return Refusal.rule(
            "INV-SCHED-04", "No suitable room",
            "\(which) \(verb) large enough for the \(service.people) people of this service."
        )
        .with {
            $0.field = wish.room == nil ? "location" : "room"
            $0.classes = [Conflict.Class.capacity.rawValue]
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
