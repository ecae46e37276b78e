import Schema
import Timetable

extension RescheduleAppointment: Command {
    public static let permission = Permission.rescheduleAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.appointmentTarget(hasAppointment ? appointment : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let (id, found) = try state.appointment(hasAppointment ? appointment : nil, for: .reschedule)
        try state.expect(id, unchangedAfter: hasExpecting ? expecting : nil)
        let wish = try wish(id, found, state)
        try state.requireOffered(wish.service, by: wish.staff)
        if asked.role == .therapist, wish.staff != asked.caller.staff {
            throw Refusal.forbidden("You may move your own appointments, and not to somebody else's calendar.")
        }
        let arranged = try state.arrangeKeepingRoom(wish, found, asked)
        guard arranged.arrangement != found.arrangement else {
            throw Refusal.unchanged("This is when, where and with whom it is already.")
        }
        let by = hasBy ? self.by : .clinic
        guard by == .client || by == .clinic else { throw Refusal.field("by", "`by` must be client or clinic.") }
        let policy = try state.policy()
        let lateness = Lateness(
            noticeAtMs: try state.noticeAtMs(hasNotice ? notice : nil, asked),
            startMs: found.arrangement.time.startAt, by: by, policy)
        var event = AppointmentRescheduled()
        event.appointment = id
        event.arrangement = arranged.arrangement
        event.revision = found.revision + 1
        event.by = by
        event.noticeAt = lateness.noticeAtMs
        event.late = lateness.isLate && !found.arrangement.isInSameWeek(as: arranged.arrangement)
        let reason = try Fields.optionalText(hasReason ? self.reason : nil, "reason", maxLength: 1_000)
        let subjects = arranged.arrangement.subjects(appointment: id, client: found.client)
        let draft = Draft(
            event, about: subjects, texts: [(\.reason, reason.map { PrivateText($0, of: found.client, .identity) })])
        return [draft] + state.overrideDrafts(arranged, wish, appointment: id)
    }

    /// What is not named stays as it is.
    private func wish(_ id: UInt64, _ found: AppointmentState, _ state: borrowing ClinicState) throws -> Wish {
        let old = found.arrangement
        let start = try Fields.dateTime(hasStart ? self.start : old.time.startLocal, "start")
        let modality = hasModality ? self.modality : (hasLocation ? .inPerson : old.modality)
        let keepsPlace = modality == old.modality
        return Wish(
            client: found.client, staff: hasStaff ? staff : old.staff, service: found.service,
            location: hasLocation ? location : (keepsPlace && old.hasLocation ? old.location : nil),
            room: hasRoom ? room : nil, start: start,
            minutes: hasMinutes ? Int(minutes) : Int((old.time.endAt - old.time.startAt) / 60_000), modality: modality,
            moving: id, supportive: found.supportive, accepted: Set(override),
            reason: try Fields.optionalText(hasOverrideReason ? overrideReason : nil, "overrideReason", maxLength: 500))
    }
}

extension Arrangement {
    /// Whether both start in the same week, Monday to Sunday, of the place's wall clock.
    func isInSameWeek(as other: Arrangement) -> Bool {
        guard let own = LocalDateTime(iso: time.startLocal)?.date, let its = LocalDateTime(iso: other.time.startLocal)?.date
        else { return false }
        return own.weekStartDaysSinceEpoch == its.weekStartDaysSinceEpoch
    }
}

extension ClinicState {
    /// Arranges a wish that names no room in the room it has now, when that is possible, else in any that suits.
    borrowing func arrangeKeepingRoom(
        _ wish: Wish, _ found: AppointmentState, _ asked: Asked
    ) throws -> Arranged {
        let old = found.arrangement
        let couldStay =
            wish.room == nil && old.hasRoom && wish.modality == old.modality
            && wish.location == (old.hasLocation ? old.location : nil)
        guard couldStay else { return try arrange(wish, asked) }
        var staying = wish
        staying.room = old.room
        do {
            return try arrange(staying, asked)
        } catch let refusal as Refusal where refusal.rule == "INV-SCHED-04" {
            return try arrange(wish, asked)
        }
    }
}
