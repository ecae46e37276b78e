import Schema

/// An appointment to which something is about to happen.
struct AppointmentInHand {
    let id: UInt64
    let state: AppointmentState

    var arrangement: Arrangement { state.arrangement }
    var startMs: Int64 { arrangement.time.startAt }
    var endMs: Int64 { arrangement.time.endAt }
    var subjects: [Subject] { arrangement.subjects(appointment: id, client: state.client) }

    /// Free text about it, which is about its client.
    func text(_ text: String?) -> PrivateText? { text.map { PrivateText($0, of: state.client, .identity) } }
}

extension ClinicState {
    /// The appointment that a command names, when the step may be taken from where it stands.
    ///
    /// - `seen`: the last change that the caller knows of.
    borrowing func appointment(
        _ id: UInt64?, for step: Transition, expecting seen: UInt64? = nil
    ) throws -> AppointmentInHand {
        let id = try Fields.required(id, "appointment", "the appointment's id")
        let state = try appointment(id)
        // Whoever looked at an older one is told so, whatever it has become since.
        try expect(id, unchangedAfter: seen)
        try step.require(from: state.status)
        return AppointmentInHand(id: id, state: state)
    }

    /// The client and the therapist of the appointment that a command names.
    borrowing func target(appointment id: UInt64?) throws -> Target {
        let state = try appointment(try Fields.required(id, "appointment", "the appointment's id"))
        return Target(client: state.client, staff: state.arrangement.staff)
    }
}
