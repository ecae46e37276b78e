import Schema

extension ConfirmAppointment: Command {
    public static let permission = Permission.confirmAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T8.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let appointment = try state.appointment(hasAppointment ? appointment : nil, for: .confirm)
        guard asked.nowMs < appointment.startMs else {
            throw Refusal.rule(
                "INV-SCHED-08", "Too late to confirm",
                "The appointment has begun; it can be confirmed only before its start.")
        }
        var event = AppointmentConfirmed()
        event.appointment = appointment.id
        event.by = try Choice.requestedBy(hasBy ? by : nil, usually: .client, asked)
        if hasChannel { event.channel = try Choice.known(channel, "channel") }
        return [Draft(event, about: appointment.subjects)]
    }
}
