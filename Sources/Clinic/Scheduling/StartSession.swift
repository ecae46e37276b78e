import Schema

extension StartSession: Command {
    public static let permission = Permission.conductSessions

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .start)
        let early = try state.policy().startEarlyMinutes
        guard asked.nowMs >= found.arrangement.time.startAt - Int64(early) * 60_000 else {
            throw Refusal.rule(
                "INV-SCHED-27", "Too early", "A session starts at most \(early) minutes before its time.")
        }
        var event = SessionStarted()
        event.appointment = id
        event.startedAt = asked.nowMs
        let place = try Fields.optionalText(hasClientPlace ? clientPlace : nil, "clientPlace", maxLength: 500)
        if found.arrangement.modality == .online || found.arrangement.modality == .phone {
            event.clientJurisdiction =
                try Fields.optionalText(hasClientJurisdiction ? clientJurisdiction : nil, "clientJurisdiction", maxLength: 20)
                ?? state.client(found.client).jurisdiction
            guard place != nil else {
                throw Refusal.rule(
                    "INV-SCHED-22", "Where is the client?",
                    "For a session that is not in person, say in `clientPlace` where the client is, for emergencies.")
                    .with { $0.field = "clientPlace" }
            }
        }
        return [
            Draft(
                event, about: found.subjects(id),
                texts: [(\.clientPlace, place.map { PrivateText($0, of: found.client, .contact) })])
        ]
    }
}
