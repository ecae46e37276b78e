import Schema

extension MarkEnteredInError: Command {
    public static let permission = Permission.markEnteredInError

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .enterInError)
        let reason = try Fields.text(hasReason ? self.reason : nil, "reason", maxLength: 1_000)
        var event = AppointmentMarkedEnteredInError()
        event.appointment = id
        return [
            Draft(
                event, about: found.subjects(id), texts: [(\.reason, PrivateText(reason, of: found.client, .identity))])
        ]
    }
}
