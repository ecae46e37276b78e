import Schema

extension EndSession: Command {
    public static let permission = Permission.conductSessions

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T14.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let policy = try state.policy()
        let appointment = try state.appointment(hasAppointment ? appointment : nil, for: .endSession)
        do throws(Refusal) {
            try SessionTimes.check(
                startedAtMs: appointment.state.startedAt, endedAtMs: asked.nowMs, nowMs: asked.nowMs, policy,
                whenTooLong:
                    "If its end was forgotten, mark the appointment as entered in error and enter it afterwards.")
        } catch {
            throw error.with { $0.field = nil }
        }
        var event = SessionEnded()
        event.appointment = appointment.id
        event.endedAt = asked.nowMs
        return [Draft(event, about: appointment.subjects, effectiveAtMs: asked.nowMs)]
            + (try state.sessionCharge(
                appointment, startedAtMs: appointment.state.startedAt, at: asked.next + 1, asked))
    }
}
