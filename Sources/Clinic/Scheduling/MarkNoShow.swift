import Schema

extension MarkNoShow: Command {
    public static let permission = Permission.markNoShows

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .noShow)
        let grace = try state.policy().graceMinutes
        guard asked.nowMs >= found.arrangement.time.startAt + Int64(grace) * 60_000 else {
            throw Refusal.rule(
                "INV-SCHED-15", "Too early", "A client is marked as missed \(grace) minutes after the start.")
        }
        var event = AppointmentMarkedNoShow()
        event.appointment = id
        event.minutesWaited = try Fields.bounded(minutesWaited, 0...480, "minutesWaited")
        event.contactTried = contactTried
        return [Draft(event, about: found.subjects(id))]
    }
}
