import Schema
import Timetable

/// The words for a conflict. None names a client: whoever reads it may not know who the other one is.
enum ConflictRefusal {
    static func refusal(_ conflict: Conflict, among conflicts: [Conflict], wish: Wish) -> Refusal {
        let (rule, title, detail) = words(conflict.kind)
        return Refusal.rule(rule, title, detail + ".").with {
            $0.conflicts = Array(Set(conflicts.compactMap(\.appointment))).sorted()
            $0.classes = Array(Set(conflicts.map(\.kind.rawValue))).sorted()
        }
    }

    private static func words(_ kind: Conflict.Class) -> (rule: String, title: String, detail: String) {
        switch kind {
        case .therapistOverlap:
            ("INV-SCHED-03", "Therapist is already booked", "The therapist is with another client")
        case .therapistGap:
            ("INV-SCHED-03", "Too close to another appointment", "The therapist needs more time between sessions")
        case .travel:
            (
                "INV-SCHED-03", "Not enough time to travel",
                "The therapist cannot get from one location to the other in time"
            )
        case .cap: ("INV-SCHED-21", "Too many sessions", "The therapist has reached the limit set for sessions")
        case .unavailableHours:
            ("INV-SCHED-10", "Outside working hours", "The therapist does not offer this service here at this time")
        case .unavailableTimeOff: ("INV-SCHED-10", "Therapist is away", "The therapist has time off at this time")
        case .clientOverlap:
            ("INV-SCHED-05", "Client is already booked", "The client has another appointment")
        case .roomOverlap: ("INV-SCHED-04", "No room is free", "Every suitable room is taken")
        case .capacity: ("INV-SCHED-04", "The room is too small", "More people would be in the room than it holds")
        case .staffInactive: ("INV-STAFF-03", "Not on the staff", "This member of staff has left")
        case .roomClosed, .locationClosed: ("INV-LOC-04", "Closed", "The location or room is closed at this time")
        case .clientDischarged: ("INV-CLI-04", "Client is discharged", "Reopen the client's record first")
        case .licenceExpired: ("INV-STAFF-08", "No valid licence", "The therapist's licence is not valid on this day")
        }
    }

    /// The sentence with the time of what is in the way, by the wall clock of the place.
    static func telling(_ refusal: Refusal, when span: Span?, in zone: Zone) -> Refusal {
        guard let span, let from = zone.local(ofMs: span.startMs), let to = zone.local(ofMs: span.endMs),
            refusal.facts.classes.contains(where: { $0.hasSuffix("_overlap") || $0 == "therapist_gap" })
        else { return refusal }
        var told = refusal
        let until = from.date == to.date ? to.time.description : to.description
        let join = refusal.facts.classes.contains("therapist_gap") && !refusal.detail.contains("another") ? "; there is one" : ""
        told.detail = String(refusal.detail.dropLast()) + join + " from \(from.time) to \(until)."
        return told
    }
}
