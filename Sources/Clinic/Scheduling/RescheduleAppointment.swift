import Schema
import Timetable

extension RescheduleAppointment: Command {
    public static let permission = Permission.rescheduleAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        try state.target(appointment: hasAppointment ? appointment : nil)
    }

    /// T9. What is not named stays; all of it is placed anew, by every rule of booking.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let appointment = try state.appointment(
            hasAppointment ? appointment : nil, for: .reschedule, expecting: hasExpecting ? expecting : nil)
        let wish = try wish(for: appointment, state)
        guard wish.changes(appointment.arrangement) else {
            throw Refusal.unchanged("The appointment is there already.")
        }
        // Whoever may move what is their own may not put it on a colleague's calendar.
        let isForOthers = asked.role == .owner || asked.role == .practiceManager || asked.role == .frontDesk
        guard isForOthers || asked.caller.kind != .staff || wish.staff == asked.caller.staff else {
            throw Refusal.forbidden("You may move appointments within your own calendar.")
        }
        let by = try Choice.requestedBy(hasBy ? by : nil, usually: .clinic, asked)
        let noticeAtMs = try state.noticeAtMs(hasNotice ? notice : nil, of: appointment, asked)
        let arranged = try state.arrange(wish, asked)
        var event = AppointmentRescheduled(appointment, to: arranged.arrangement, by: by, noticeAtMs: noticeAtMs)
        let terms = try state.cancellationTerms(of: appointment)
        event.late =
            Lateness.isLate(by, noticeAtMs: noticeAtMs, startMs: appointment.startMs, terms)
            && !Lateness.isSameWeek(appointment.arrangement.time, arranged.arrangement.time)
        let reason = try Fields.optionalText(hasReason ? reason : nil, "reason", maxLength: TextLimit.reason)
        let draft = Draft(
            event, about: appointment.subjects(movedTo: arranged.arrangement), effectiveAtMs: noticeAtMs,
            texts: [(\.reason, appointment.text(reason))])
        let drafts = [draft] + state.overrideDrafts(arranged, wish, appointment: appointment.id)
        guard event.late else { return drafts }
        // The hour that is not kept counts as one that was cancelled late (1.9).
        return drafts
            + (try terms.feeDrafts(.lateCancel, appointment, at: asked.next + UInt64(drafts.count), state, asked))
    }

    private func wish(for appointment: AppointmentInHand, _ state: borrowing ClinicState) throws -> Wish {
        var wish = try Wish(moving: appointment)
        let wasInPerson = wish.modality == .inPerson
        if hasModality { wish.modality = try Choice.known(modality, "modality") }
        // Who no longer meets in person meets nowhere, unless a place is named for it.
        if wasInPerson, wish.modality != .inPerson { wish.location = nil }
        if hasStaff { wish.staff = staff }
        if hasLocation { wish.location = location }
        if hasRoom { wish.room = room }
        if hasMinutes {
            wish.keepsMinutes = Int(minutes) == wish.minutes
            wish.minutes = Int(minutes)
        }
        wish.accepted = try Choice.known(override, "override")
        wish.reason = try Fields.optionalText(
            hasOverrideReason ? overrideReason : nil, "overrideReason", maxLength: TextLimit.reason)
        try state.requireOffered(wish)
        try place(&wish, appointment, state)
        return wish
    }

    private func place(
        _ wish: inout Wish, _ appointment: AppointmentInHand, _ state: borrowing ClinicState
    ) throws {
        guard hasStart else { return try state.keepStart(of: &wish, appointment) }
        let time = appointment.arrangement.time
        let zone = try state.venue(for: wish, service: try state.service(wish.service)).zone
        let start = try Fields.dateTime(start, "start")
        wish.keepsStart = start == wish.start && zone.id == time.zone
        wish.start = start
    }
}
