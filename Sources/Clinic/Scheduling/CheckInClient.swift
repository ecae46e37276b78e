import Schema

extension CheckInClient: Command {
    public static let permission = Permission.checkInClients

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T11. INV-SCHED-14: from some time before the start until the end; an import is exempt.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let early = try state.policy().checkInEarlyMinutes
        let appointment = try state.appointment(hasAppointment ? appointment : nil, for: .checkIn)
        let opensMs = appointment.startMs - Int64(early) * 60_000
        guard asked.isImport || (opensMs..<max(opensMs, appointment.endMs)).contains(asked.nowMs) else {
            throw Refusal.rule(
                "INV-SCHED-14", "Not the time to check in",
                "A client is checked in from \(early) minutes before the start until the end of the appointment.")
        }
        var event = ClientCheckedIn()
        event.appointment = appointment.id
        event.arrivedAt = asked.isImport ? min(appointment.startMs, asked.nowMs) : asked.nowMs
        event.idChecked = idChecked
        return [Draft(event, about: appointment.subjects, effectiveAtMs: event.arrivedAt)]
    }
}
