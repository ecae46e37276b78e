import Schema

extension CancelAppointment: Command {
    public static let permission = Permission.cancelAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T10.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let policy = try state.policy()
        let appointment = try state.appointment(
            hasAppointment ? appointment : nil, for: .cancel, expecting: hasExpecting ? expecting : nil)
        let by = try Choice.requestedBy(hasBy ? by : nil, usually: .clinic, asked)
        let noticeAtMs = try state.noticeAtMs(hasNotice ? notice : nil, of: appointment, asked)
        var event = AppointmentCancelled(
            appointment, by: by, reason: try Choice.known(hasReason ? reason : nil, "reason"), noticeAtMs: noticeAtMs)
        event.late = Lateness.isLate(by, noticeAtMs: noticeAtMs, startMs: appointment.startMs, policy)
        let note = try Fields.optionalText(hasNote ? note : nil, "note", maxLength: TextLimit.reason)
        return [
            Draft(
                event, about: appointment.subjects, effectiveAtMs: noticeAtMs, texts: [(\.note, appointment.text(note))]
            )
        ]
    }
}

extension AppointmentCancelled {
    /// One that is not late.
    init(
        _ appointment: AppointmentInHand, by: RequestedBy.Value, reason: CancellationReason.Value, noticeAtMs: Int64
    ) {
        self.init()
        self.appointment = appointment.id
        self.by = by
        self.reason = reason
        noticeAt = noticeAtMs
        leadMs = appointment.startMs - noticeAtMs
    }
}
