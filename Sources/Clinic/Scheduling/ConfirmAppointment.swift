import Schema

extension ConfirmAppointment: Command {
    public static let permission = Permission.confirmAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .confirm)
        guard asked.nowMs < found.arrangement.time.startAt else {
            throw Refusal.rule("INV-SCHED-08", "It has begun", "An appointment is confirmed before it starts.")
        }
        var event = AppointmentConfirmed()
        event.appointment = id
        event.by = hasBy ? by : .client
        guard event.by == .client || event.by == .clinic else {
            throw Refusal.field("by", "`by` must be client or clinic.")
        }
        event.channel = channel
        return [Draft(event, about: found.subjects(id))]
    }
}
