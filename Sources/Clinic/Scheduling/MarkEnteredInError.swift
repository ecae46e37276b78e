import Schema

extension MarkEnteredInError: Command {
    public static let permission = Permission.markEnteredInError

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T20. INV-SCHED-26: no note may be signed and no charge issued. A charge that is on no invoice goes with it.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let appointment = try state.appointment(hasAppointment ? appointment : nil, for: .markEnteredInError)
        try state.requireNoSignedNote(ofAppointment: appointment.id)
        try state.requireNothingOwedBefore(for: appointment.state)
        let reason = try Fields.text(hasReason ? reason : nil, "reason", maxLength: TextLimit.reason)
        // It goes to the charges that are voided with it, too.
        try BillingTexts.refuseCard(reason, "reason")
        var event = AppointmentMarkedEnteredInError()
        event.appointment = appointment.id
        return [Draft(event, about: appointment.subjects, texts: [(\.reason, appointment.text(reason))])]
            + (try state.voidDrafts(ofAppointment: appointment.id, because: reason))
    }
}
