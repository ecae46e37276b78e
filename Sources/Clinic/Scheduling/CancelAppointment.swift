import Schema

extension CancelAppointment: Command {
    public static let permission = Permission.cancelAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .cancel)
        try state.expect(id, unchangedAfter: hasExpecting ? expecting : nil)
        let by = hasBy ? self.by : .clinic
        guard by == .client || by == .clinic else { throw Refusal.field("by", "`by` must be client or clinic.") }
        let reason = try Fields.required(hasReason ? self.reason : nil, "reason", "why, as client_illness")
        guard reason != .unspecified else { throw Refusal.field("reason", "`reason` must say why, as client_illness.") }
        let note = try Fields.optionalText(hasNote ? self.note : nil, "note", maxLength: 1_000)
        let lateness = Lateness(
            noticeAtMs: try state.noticeAtMs(hasNotice ? notice : nil, asked),
            startMs: found.arrangement.time.startAt, by: by, try state.policy())
        var event = AppointmentCancelled()
        event.appointment = id
        event.by = by
        event.reason = reason
        event.noticeAt = lateness.noticeAtMs
        event.leadMs = lateness.leadMs
        event.late = lateness.isLate
        return [
            Draft(
                event, about: found.subjects(id), effectiveAtMs: lateness.noticeAtMs,
                texts: [(\.note, note.map { PrivateText($0, of: found.client, .identity) })])
        ]
    }
}
