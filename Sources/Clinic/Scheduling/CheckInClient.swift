import Schema

extension CheckInClient: Command {
    public static let permission = Permission.checkInClients

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .checkIn)
        let time = found.arrangement.time
        let early = try state.policy().checkInEarlyMinutes
        guard asked.isImport || (time.startAt - Int64(early) * 60_000 <= asked.nowMs && asked.nowMs < time.endAt) else {
            throw Refusal.rule(
                "INV-SCHED-14", "Not the time to check in",
                "Check-in opens \(early) minutes before the start and closes at the end.")
        }
        var event = ClientCheckedIn()
        event.appointment = id
        event.arrivedAt = asked.nowMs
        event.idChecked = idChecked
        return [Draft(event, about: found.subjects(id))]
    }
}
