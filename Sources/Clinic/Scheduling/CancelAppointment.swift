import Schema

extension CancelAppointment: Command {
    public static let permission = Permission.cancelAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T10. A late one has a fee proposed, where the policy of the booking knows one.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let appointment = try state.appointment(
            hasAppointment ? appointment : nil, for: .cancel, expecting: hasExpecting ? expecting : nil)
        let by = try Choice.requestedBy(hasBy ? by : nil, usually: .clinic, asked)
        let noticeAtMs = try state.noticeAtMs(hasNotice ? notice : nil, of: appointment, asked)
        var event = AppointmentCancelled(
            appointment, by: by, reason: try Choice.known(hasReason ? reason : nil, "reason"), noticeAtMs: noticeAtMs)
        let terms = try state.cancellationTerms(of: appointment)
        event.late = Lateness.isLate(by, noticeAtMs: noticeAtMs, startMs: appointment.startMs, terms)
        let note = try Fields.optionalText(hasNote ? note : nil, "note", maxLength: TextLimit.reason)
        let cancelled = Draft(
            event, about: appointment.subjects, effectiveAtMs: noticeAtMs, texts: [(\.note, appointment.text(note))])
        guard event.late else { return [cancelled] }
        return [cancelled]
            + (try terms.feeDrafts(.lateCancel, appointment, reason: event.reason, at: asked.next + 1, state, asked))
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
