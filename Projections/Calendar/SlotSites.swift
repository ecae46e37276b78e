import LMDBKit
import Schema
import Timetable

/// Where a wish could be met, as a booking would be placed (INV-SCHED-06).
struct SlotSites {
    /// One place, and what a booking there rests on.
    struct Entry {
        /// Nil when a booking names none.
        let location: UInt64?
        /// Whose hours hold: the location's, or those online when nil.
        let hoursAt: UInt64?
        let zone: Zone
        let place: Place
    }

    let entries: [Entry]
    let candidates: [CandidateSite]

    init(
        for wish: SlotWish, during span: Span, from view: CalendarView, in transaction: borrowing ReadTransaction
    ) throws {
        var entries: [Entry] = []
        var candidates: [CandidateSite] = []
        for (id, location) in try Self.locations(for: wish, view, transaction) {
            let zone = try CalendarView.zone(location.zone)
            let isInPerson = wish.modality == .inPerson
            let isRemote = wish.modality == .online || wish.modality == .phone
            let needsRoom = isInPerson ? location.requiresRoom : isRemote && wish.service.privacyRoom
            entries.append(
                Entry(
                    location: id, hoursAt: isInPerson ? id : nil, zone: zone, place: Place(wish.modality, location: id))
            )
            candidates.append(
                CandidateSite(
                    site: .location(id), zone: zone, needsRoom: needsRoom,
                    rooms: needsRoom ? try Self.rooms(of: id, during: span, view, transaction) : []))
        }
        if wish.modality != .inPerson, wish.locations == nil {
            // A booking that names no location is planned by the practice's online clock, wherever the therapist sits.
            let zone = try CalendarView.zone(wish.practice.onlineZone)
            entries.append(
                Entry(location: nil, hoursAt: nil, zone: zone, place: Place(wish.modality, location: nil)))
            candidates.append(CandidateSite(site: .online, zone: zone, needsRoom: false))
        }
        self.entries = entries
        self.candidates = candidates
    }

    func zone(of site: Site) -> Zone? { candidates.first { $0.site == site }?.zone }

    /// Those named; in person else all; otherwise none needs to be.
    private static func locations(
        for wish: SlotWish, _ view: CalendarView, _ transaction: borrowing ReadTransaction
    ) throws -> [(UInt64, LocationAdded)] {
        if let named = wish.locations {
            return try named.map { ($0, try view.location($0, field: "locations", in: transaction)) }
        }
        var found: [(UInt64, LocationAdded)] = []
        guard wish.modality == .inPerson else { return found }
        try view.locations.scanAll(in: transaction) { id, location in
            found.append((id, location))
            return .next
        }
        return found
    }

    private static func rooms(
        of location: UInt64, during span: Span, _ view: CalendarView, _ transaction: borrowing ReadTransaction
    ) throws -> [CandidateRoom] {
        var rooms: [(id: UInt64, room: RoomAdded)] = []
        try view.rooms.scanAll(in: transaction) { id, room in
            if room.location == location { rooms.append((id, room)) }
            return .next
        }
        return try rooms.map { id, room in
            // A room's times are its own, whatever the service: between two appointments lies the longer of the two.
            let gap = Int(max(room.setupMinutes, room.turnaroundMinutes))
            return CandidateRoom(
                id: id, capacity: Int(room.capacity), concurrent: Int(room.concurrent), sortKey: Int(room.sortKey),
                features: Set(room.features),
                occupancies: try view.diary(of: .room(id), during: span, roomMinutes: gap, in: transaction))
        }
    }
}
