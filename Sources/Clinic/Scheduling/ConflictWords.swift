import Schema
import Timetable

/// The words for conflicts. None names a client: whoever reads it may not know who the other one is. Who may not know the
/// client of the wish either is not told with whom and when they are.
struct ConflictWords {
    let check: ConflictCheck
    let wanted: Occupancy
    let knowsClient: Bool

    func refusal(_ conflict: Conflict, among conflicts: [Conflict], isNever: Bool) -> Refusal {
        let (rule, title) = heading(conflict.kind)
        let never = isNever ? " This cannot be overridden." : ""
        return Refusal.rule(rule, title, sentence(conflict) + never).with { state(conflicts, in: &$0) }
    }

    /// What is in the way, without words.
    func state(_ conflicts: [Conflict], in facts: inout Refusal.Facts) {
        let told = conflicts.filter { knowsClient || $0.kind != .clientOverlap }
        facts.conflicts = Array(Set(told.compactMap(\.appointment))).sorted()
        facts.classes = Array(Set(conflicts.map(\.kind.rawValue))).sorted()
    }

    /// The appointment that is in the way.
    func other(of conflict: Conflict) -> Occupancy? {
        guard let id = conflict.appointment else { return nil }
        switch conflict.kind {
        case .clientOverlap: return check.client.first { $0.appointment == id }
        case .roomOverlap: return check.rooms.lazy.flatMap(\.others).first { $0.appointment == id }
        default: return check.therapist.first { $0.appointment == id }
        }
    }

    private func heading(_ kind: Conflict.Class) -> (rule: String, title: String) {
        switch kind {
        case .therapistOverlap: ("INV-SCHED-03", "Therapist is already booked")
        case .therapistGap: ("INV-SCHED-03", "Too close to another appointment")
        case .travel: ("INV-SCHED-03", "Not enough time to travel")
        case .cap: ("INV-SCHED-21", "Too many sessions")
        case .unavailableHours: ("INV-SCHED-10", "Outside working hours")
        case .unavailableTimeOff: ("INV-SCHED-10", "Therapist is away")
        case .clientOverlap: ("INV-SCHED-05", "Client is already booked")
        case .roomOverlap: ("INV-SCHED-04", "No room is free")
        case .capacity: ("INV-SCHED-04", "The room is too small")
        case .staffInactive: ("INV-STAFF-03", "Not on the staff")
        case .roomClosed, .locationClosed: ("INV-LOC-04", "Closed")
        case .clientDischarged: ("INV-CLI-04", "Client is discharged")
        case .licenceExpired: ("INV-STAFF-08", "No valid licence")
        }
    }

    private func sentence(_ conflict: Conflict) -> String {
        switch conflict.kind {
        case .therapistOverlap: "The therapist is with another client\(when(conflict))."
        case .therapistGap: gap(conflict, "The therapist needs", minutes: bufferMinutes)
        case .travel:
            gap(conflict, "With the way between the places, the therapist needs") {
                bufferMinutes($0, $1) + check.travel.minutes(from: $0.place, to: $1.place)
            }
        case .cap: "The therapist has reached the limit set for sessions."
        case .unavailableHours: "The therapist does not offer this service here at this time."
        case .unavailableTimeOff: "The therapist has time off at this time."
        case .clientOverlap:
            knowsClient
                ? "The client has another appointment\(when(conflict))." : "The client is not free at this time."
        case .roomOverlap: roomOverlap(conflict)
        case .capacity: "More people would be in the room than it holds."
        case .staffInactive: "This member of staff has left."
        case .roomClosed, .locationClosed: "The location or room is closed at this time."
        case .clientDischarged: "Reopen the client's record first."
        case .licenceExpired: "The therapist's licence is not valid on this day."
        }
    }

    private func roomOverlap(_ conflict: Conflict) -> String {
        guard check.rooms.count == 1, let room = check.rooms.first, let other = other(of: conflict) else {
            return "Every suitable room is taken at this time."
        }
        guard !other.span.overlaps(wanted.span) else { return "The room is taken\(when(conflict))." }
        return gap(conflict, "The room needs") { _, _ in max(room.setupMinutes, room.turnaroundMinutes) }
    }

    private func bufferMinutes(_ first: Occupancy, _ second: Occupancy) -> Int {
        max(first.bufferAfterMinutes, second.bufferBeforeMinutes)
    }

    /// As "The therapist needs 15 minutes after the session that ends at 13:50."
    private func gap(
        _ conflict: Conflict, _ who: String, minutes: (_ first: Occupancy, _ second: Occupancy) -> Int
    ) -> String {
        guard let other = other(of: conflict) else { return "\(who) more time between sessions." }
        let isBefore = other.startMs < wanted.startMs
        let needed = isBefore ? minutes(other, wanted) : minutes(wanted, other)
        let words = "\(who) \(needed) minute\(needed == 1 ? "" : "s")"
        return isBefore
            ? "\(words) after the session that ends at \(clock(other.endMs))."
            : "\(words) before the session that starts at \(clock(other.startMs))."
    }

    /// As " from 14:00 to 14:50".
    private func when(_ conflict: Conflict) -> String {
        guard let other = other(of: conflict) else { return " at this time" }
        return " from \(clock(other.startMs)) to \(clock(other.endMs))"
    }

    /// The wall clock at the place, with the date when it is not the one that was asked for.
    private func clock(_ instantMs: Int64) -> String {
        guard let local = check.zone.local(ofMs: instantMs) else { return "another time" }
        let isSameDate = check.zone.local(ofMs: wanted.startMs)?.date == local.date
        return isSameDate ? local.time.description : "\(local.date) \(local.time)"
    }
}
