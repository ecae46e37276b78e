import Schema
import Timetable

/// Everything that can be in the way of a wish on one day, read once, so that the wish and the times near it are judged
/// by the same rules.
struct ConflictCheck {
    let therapist: [Occupancy]
    let client: [Occupancy]
    let rooms: [RoomDiary]
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
    }

    /// What is in the way of `wanted`, leaving rooms aside.
    func conflicts(of wanted: Occupancy) -> [Conflict] {
        var found = TherapistRule(travel: travel, nowMs: nowMs).conflicts(of: wanted, with: therapist)
        if !isImport {
            found += caps.conflicts(of: wanted)
            found += openings.conflicts(of: wanted.span, for: openingWish)
        }
        found += ClientRule(nowMs: nowMs).conflicts(of: wanted, with: client)
        return found.sorted()
    }

    /// The first room that has space, or what stands in the way in the last that was looked at.
    func room(for wanted: Occupancy) -> (id: UInt64?, conflicts: [Conflict]) {
        var conflicts: [Conflict] = []
        for room in rooms {
            let inRoom = Occupancy(
                span: wanted.span, place: wanted.place, appointment: wanted.appointment,
                roomSetupMinutes: room.setupMinutes, roomTurnaroundMinutes: room.turnaroundMinutes)
            let others = room.others.map {
                Occupancy(
                    span: $0.span, place: $0.place, appointment: $0.appointment, roomSetupMinutes: room.setupMinutes,
                    roomTurnaroundMinutes: room.turnaroundMinutes)
            }
            conflicts = RoomRule(concurrent: room.concurrent, nowMs: nowMs).conflicts(of: inRoom, with: others)
            if conflicts.isEmpty { return (room.id, []) }
        }
        return (nil, conflicts)
    }

    /// When an appointment that is in the way takes place.
    func span(of appointment: UInt64?) -> Span? {
        guard let appointment else { return nil }
        let all = therapist + client + rooms.flatMap(\.others)
        return all.first { $0.appointment == appointment }?.span
    }

    /// Whether the wish could be booked here without any override.
    func isFree(_ wanted: Occupancy, needsRoom: Bool) -> Bool {
        conflicts(of: wanted).isEmpty && (!needsRoom || room(for: wanted).id != nil)
    }
}
