import Schema
import Timetable

/// What can be in the way of a wish, or of any time near it on the same day: the wish and the times near it are judged by
/// the same rules.
struct ConflictCheck {
    let therapist: [Occupancy]
    let client: [Occupancy]
    /// In order of choice; none when no room is used.
    let rooms: [RoomDiary]
    /// Without one of the rooms it cannot be.
    let isRoomRequired: Bool
    /// In which people read the times.
    let zone: Zone
    let openings: Openings
    let caps: CapLedger
    let travel: Travel
    let openingWish: OpeningWish
    let nowMs: Int64
    /// An import is exempt from availability and caps.
    let isImport: Bool

    /// A room that could be taken, and what stands in it.
    struct RoomDiary {
        let id: UInt64
        let concurrent: Int
        let setupMinutes: Int
        let turnaroundMinutes: Int
        let others: [Occupancy]

        /// The room's times are its own, whatever the service.
        func dressed(_ occupancy: Occupancy) -> Occupancy {
            Occupancy(
                span: occupancy.span, place: occupancy.place, appointment: occupancy.appointment,
                roomSetupMinutes: setupMinutes, roomTurnaroundMinutes: turnaroundMinutes)
        }

        /// What stands in the way of `wanted` in this room.
        func conflicts(of wanted: Occupancy, nowMs: Int64) -> [Conflict] {
            RoomRule(concurrent: concurrent, nowMs: nowMs)
                .conflicts(of: dressed(wanted), with: others.lazy.map(dressed))
        }
    }

    /// What is in the way of `wanted`, leaving rooms aside; sorted.
    func conflicts(of wanted: Occupancy) -> [Conflict] {
        var found = TherapistRule(travel: travel, nowMs: nowMs).conflicts(of: wanted, with: therapist)
        if !isImport {
            found += caps.conflicts(of: wanted)
            found += openings.conflicts(of: wanted.span, for: openingWish)
        }
        found += ClientRule(nowMs: nowMs).conflicts(of: wanted, with: client)
        return found.sorted()
    }

    /// The first room that has space, or what stands in the way in all of them.
    func room(for wanted: Occupancy) -> (id: UInt64?, conflicts: [Conflict]) {
        var conflicts: Set<Conflict> = []
        for room in rooms {
            let found = room.conflicts(of: wanted, nowMs: nowMs)
            if found.isEmpty { return (room.id, []) }
            conflicts.formUnion(found)
        }
        return (nil, isRoomRequired ? conflicts.sorted() : [])
    }

    /// Whether the wish could be booked here without any override.
    func isFree(_ wanted: Occupancy) -> Bool {
        conflicts(of: wanted).isEmpty && room(for: wanted).conflicts.isEmpty
    }
}
