import Schema
import Timetable

/// A row of an old calendar comes in through the life cycle's own events. Only what occupies is checked for conflicts,
/// and neither opening hours, grid nor look-back binds it.
extension ImportAppointment: Command {
    public static let permission = Permission.importSheets

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        precondition(asked.isImport, "only an import sends this")
        let practice = try state.requirePractice()
        try state.requireNew(asked.source, .appointment)
        let time = try plannedTime(practice.practice.policy, asked)
        try checkNamed(state)
        var booked = AppointmentBooked()
        booked.client = client
        booked.service = service
        booked.arrangement = arrangement(time)
        booked.policy = practice.policy
        if let source = asked.source { booked.source = source }
        if status.occupies { try checkFree(booked.arrangement, state, asked) }
        let remark = try Fields.optionalText(hasRemark ? self.remark : nil, "remark", maxLength: TextLimit.summary)
        let subjects = booked.arrangement.subjects(appointment: asked.next, client: client)
        // What an old calendar says of a session may be clinical, so that is how it is sealed.
        let first = Draft(
            booked, about: subjects, texts: [(\.remark, remark.map { PrivateText($0, of: client, .clinical) })])
        return [first] + outcome(time, subjects, asked)
    }

    private func plannedTime(_ policy: PracticePolicy, _ asked: Asked) throws -> PlannedTime {
        // Conflicts are looked for as far as the longest session reaches.
        guard (1...max(1, policy.sessionMaxMinutes)).contains(minutes) else {
            throw Refusal.rule(
                "INV-SCHED-01", "The length does not fit",
                "A session is at most \(policy.sessionMaxMinutes) minutes long."
            )
            .with { $0.field = "minutes" }
        }
        let time = try PlannedTime.plan(
            try Fields.dateTime(start, "start"), minutes: Int(minutes), in: try Fields.zone(zone, "zone"),
            tzdata: asked.tzdata, field: "start")
        guard time.startAt <= asked.nowMs + PracticePolicy.aheadMaxMs else {
            throw Refusal.rule("INV-SCHED-09", "Too far ahead", "Appointments are booked at most ten years ahead.")
                .with { $0.field = "start" }
        }
        try checkOutcome(time, policy, asked)
        return time
    }

    /// INV-SCHED-27 and INV-SCHED-15: what is still to come has not been attended or missed.
    private func checkOutcome(_ time: PlannedTime, _ policy: PracticePolicy, _ asked: Asked) throws(Refusal) {
        switch status {
        case .booked, .cancelled: break
        case .completed:
            // A session that begins this very instant would have no length yet.
            guard asked.nowMs > time.startAt else {
                throw .rule(
                    "INV-SCHED-27", "Not yet held", "The sheet says that it took place, and it is still to come.")
            }
        case .noShow:
            guard asked.nowMs >= time.startAt + Int64(policy.graceMinutes) * 60_000 else {
                throw .rule(
                    "INV-SCHED-15", "The client may still come",
                    "The sheet says that the client stayed away, and it is still to come.")
            }
        default: throw .field("status", "`status` must be booked, completed, cancelled or no_show.")
        }
    }

    private func arrangement(_ time: PlannedTime) -> Arrangement {
        var arrangement = Arrangement()
        arrangement.staff = staff
        if hasLocation { arrangement.location = location }
        if hasRoom { arrangement.room = room }
        arrangement.modality = modality
        arrangement.time = time
        return arrangement
    }

    /// What became of it.
    private func outcome(_ time: PlannedTime, _ subjects: [Subject], _ asked: Asked) -> [Draft] {
        switch status {
        case .completed:
            var event = SessionRecordedRetrospectively()
            event.appointment = asked.next
            event.startedAt = time.startAt
            // One that is still going on has lasted until now (INV-SESS-02).
            event.endedAt = min(time.endAt, asked.nowMs)
            return [Draft(event, about: subjects, effectiveAtMs: event.endedAt)]
        case .noShow:
            var event = AppointmentMarkedNoShow()
            event.appointment = asked.next
            return [Draft(event, about: subjects)]
        case .cancelled:
            var event = AppointmentCancelled()
            event.appointment = asked.next
            event.by = late ? .client : .clinic
            event.reason = .other
            event.noticeAt = asked.nowMs
            event.leadMs = time.startAt - asked.nowMs
            event.late = late
            return [Draft(event, about: subjects)]
        default: return []
        }
    }
}
