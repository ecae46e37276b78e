import Schema

extension StartSession: Command {
    public static let permission = Permission.conductSessions

    /// Only whoever renders the session starts it.
    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T13.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let early = try state.policy().startEarlyMinutes
        let appointment = try state.appointment(hasAppointment ? appointment : nil, for: .startSession)
        guard asked.nowMs >= appointment.startMs - Int64(early) * 60_000 else {
            throw Refusal.rule(
                "INV-SCHED-08", "Too early", "A session starts at most \(early) minutes before its planned start.")
        }
        var event = SessionStarted()
        event.appointment = appointment.id
        event.startedAt = asked.nowMs
        let place = try place(appointment)
        event.clientJurisdiction = try jurisdiction(appointment, state)
        return [
            Draft(
                event, about: appointment.subjects, effectiveAtMs: asked.nowMs,
                texts: [(\.clientPlace, place.map { PrivateText($0, of: appointment.state.client, .contact) })])
        ]
    }

    /// INV-SCHED-22: where help would be sent to.
    private func place(_ appointment: AppointmentInHand) throws(Refusal) -> String? {
        let place = try Fields.optionalText(
            hasClientPlace ? clientPlace : nil, "clientPlace", maxLength: TextLimit.address)
        guard appointment.arrangement.modality.isRemote else {
            guard place == nil else { throw .field("clientPlace", "`clientPlace` is for sessions at a distance.") }
            return nil
        }
        guard place != nil || appointment.arrangement.modality != .online else {
            throw Refusal.rule(
                "INV-SCHED-22", "Where is the client?",
                "Ask where the client is, in case of an emergency, and say so in `clientPlace`."
            )
            .with { $0.field = "clientPlace" }
        }
        return place
    }

    /// INV-SCHED-22: the law of which place holds.
    private func jurisdiction(_ appointment: AppointmentInHand, _ state: borrowing ClinicState) throws -> String {
        let said = try Fields.jurisdiction(hasClientJurisdiction ? clientJurisdiction : nil, "clientJurisdiction")
        guard appointment.arrangement.modality.isRemote else {
            guard said == nil else {
                throw Refusal.field("clientJurisdiction", "`clientJurisdiction` is for sessions at a distance.")
            }
            return ""
        }
        if let said { return said }
        let onFile = try state.client(appointment.state.client).jurisdiction
        guard !onFile.isEmpty || appointment.arrangement.modality != .online else {
            throw Refusal.rule(
                "INV-SCHED-22", "In which state is the client?",
                "No jurisdiction is on file for the client. Say in `clientJurisdiction` where they are now."
            )
            .with { $0.field = "clientJurisdiction" }
        }
        return onFile
    }
}

extension WireModality {
    /// Whether client and therapist are in different places.
    var isRemote: Bool { self == .online || self == .phone }
}
