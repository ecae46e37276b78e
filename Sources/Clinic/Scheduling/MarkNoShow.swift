import Schema

extension MarkNoShow: Command {
    public static let permission = Permission.markNoShows

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T16. INV-SCHED-15: not before the client has had some grace. A fee is proposed, where the policy of the booking
    /// knows one.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let policy = try state.policy()
        let appointment = try state.appointment(hasAppointment ? appointment : nil, for: .markNoShow)
        guard asked.nowMs >= appointment.startMs + Int64(policy.graceMinutes) * 60_000 else {
            throw Refusal.rule(
                "INV-SCHED-15", "The client may still come",
                "A no-show is marked from \(policy.graceMinutes) minutes after the start.")
        }
        guard minutesWaited <= policy.sessionMaxMinutes else {
            throw Refusal.field("minutesWaited", "`minutesWaited` must be 0 to \(policy.sessionMaxMinutes).")
        }
        var event = AppointmentMarkedNoShow()
        event.appointment = appointment.id
        event.minutesWaited = minutesWaited
        event.contactTried = contactTried
        let terms = try state.cancellationTerms(of: appointment)
        return [Draft(event, about: appointment.subjects)]
            + (try terms.feeDrafts(.noShow, appointment, at: asked.next + 1, state, asked))
    }
}
