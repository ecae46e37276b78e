import Schema
import Timetable

/// What a session must be for a note of it.
extension AppointmentInHand {
    func requireGiven(by staff: UInt64) throws(Refusal) {
        guard arrangement.staff == staff else {
            throw .rule(
                "INV-NOTE-01", "Somebody else's session",
                "The note of a session is written by whoever gives the session."
            )
            .with { $0.field = "appointment" }
        }
    }

    /// A draft may be begun beforehand.
    func requireNoteMayStart() throws(Refusal) {
        switch state.status {
        case .booked, .confirmed, .arrived, .inSession, .completed: return
        case .requested, .held, .cancelled, .noShow, .declined, .released, .enteredInError, .unspecified, .UNRECOGNIZED:
            throw .rule(
                "INV-NOTE-16", "There was no session",
                "This appointment is \(state.status.words). Write a contact note about what there was instead."
            )
            .with { $0.field = "appointment" }
        }
    }

    /// Only a session that has begun has something that can be signed.
    func requireHeld() throws(Refusal) {
        switch state.status {
        case .inSession, .completed: return
        case .booked, .confirmed, .arrived:
            throw .rule(
                "INV-NOTE-16", "The session has not been held",
                "This session is \(state.status.words). Its note can be signed once it has begun.")
        case .requested, .held, .cancelled, .noShow, .declined, .released, .enteredInError, .unspecified, .UNRECOGNIZED:
            throw .rule(
                "INV-NOTE-16", "There was no session",
                "This appointment is \(state.status.words). Throw the draft away, and write a contact note if there is "
                    + "something to say.")
        }
    }

    /// The dates on which the session is, or was as far as is known, on the clock of its place.
    ///
    /// - Parameter nowMs: taken for its end while it goes on; nil leaves the end out.
    func dates(nowMs: Int64?) throws(Refusal) -> ClosedRange<LocalDate> {
        let zone = try Fields.zone(arrangement.time.zone, "appointment")
        let startedMs = state.hasStartedAt ? state.startedAt : startMs
        guard let first = zone.local(ofMs: startedMs)?.date else {
            throw .busy("The clock of this session is out of range.")
        }
        let endedMs = state.hasEndedAt ? state.endedAt : nowMs ?? startedMs
        return first...max(first, zone.local(ofMs: endedMs)?.date ?? first)
    }
}
