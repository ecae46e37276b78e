import Schema
import Timetable

extension ApproveTimeOff: CompoundCommand {
    public static let permission = Permission.approveTimeOff

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasTimeOff ? timeOff : nil, "timeOff", "the id of a time off")
        let found = try state.timeOff(id)
        guard !found.approved else { throw Refusal.unchanged("This time off is approved already.") }
        try requireOther(found, asked, state)
        try requireResolved(found, state)
        var event = TimeOffApproved()
        event.timeOff = id
        event.resolutions = resolutions
        return [Draft(event, about: [Subject(.timeOff, id), Subject(.staff, found.requested.staff)])]
    }

    public func decide(step index: Int, _ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft]? {
        if index == 0 { return try decide(state, asked) }
        guard index <= resolutions.count else { return nil }
        let resolution = resolutions[index - 1]
        let found = try state.timeOff(timeOff)
        let appointment = try state.appointment(resolution.appointment)
        switch resolution.action {
        case .keep: return []
        case .cancel: return [cancelled(resolution.appointment, appointment, found, asked)]
        case .reassign: return [try reassigned(resolution, appointment, index - 1, state, asked)]
        case .unspecified, .UNRECOGNIZED:
            throw Refusal.field(
                "resolutions[\(index - 1)].action", "`action` must be keep, cancel or reassign.")
        }
    }

    /// INV-AVAIL-07: somebody else approves, unless there is nobody else or an owner does.
    private func requireOther(_ found: TimeOffState, _ asked: Asked, _ state: borrowing ClinicState) throws {
        let isOwn = found.requestedBy == asked.caller.staff || found.requested.staff == asked.caller.staff
        guard !isOwn || asked.caller.roles.contains(.owner) else {
            throw Refusal.rule(
                "INV-AVAIL-07", "Somebody else approves", "Nobody approves their own time off. Ask an owner.")
        }
    }

    /// INV-AVAIL-06: one resolution for each appointment that is affected, and none for others.
    private func requireResolved(_ found: TimeOffState, _ state: borrowing ClinicState) throws {
        let affected = try state.affected(by: found.requested)
        let named = resolutions.map(\.appointment)
        guard named.sorted() == affected else {
            throw Refusal.rule(
                "INV-AVAIL-06", "Appointments are in the way",
                "Say for each affected appointment, once, whether to keep, cancel or reassign it.")
                .with {
                    $0.affected = affected
                    $0.field = "resolutions"
                }
        }
    }

    private func cancelled(
        _ id: UInt64, _ appointment: AppointmentState, _ found: TimeOffState, _ asked: Asked
    ) -> Draft {
        var event = AppointmentCancelled()
        event.appointment = id
        event.by = .clinic
        event.reason = found.requested.kind == .sick ? .therapistIllness : .therapistSchedule
        event.noticeAt = asked.nowMs
        event.leadMs = appointment.arrangement.time.startAt - asked.nowMs
        return Draft(event, about: appointment.subjects(id))
    }

    private func reassigned(
        _ resolution: TimeOffResolution, _ appointment: AppointmentState, _ index: Int,
        _ state: borrowing ClinicState, _ asked: Asked
    ) throws -> Draft {
        let path = "resolutions[\(index)].staff"
        let staff = try Fields.required(resolution.hasStaff ? resolution.staff : nil, path, "the new therapist's id")
        _ = try state.staff(staff, field: path)
        guard staff != appointment.arrangement.staff else {
            throw Refusal.field(path, "`staff` must be somebody else.")
        }
        try state.requireOffered(appointment.service, by: staff)
        let old = appointment.arrangement
        let wish = Wish(
            client: appointment.client, staff: staff, service: appointment.service,
            location: old.hasLocation ? old.location : nil, room: nil,
            start: try Fields.dateTime(old.time.startLocal, "start"),
            minutes: Int((old.time.endAt - old.time.startAt) / 60_000), modality: old.modality,
            moving: resolution.appointment, supportive: appointment.supportive)
        let arranged = try state.arrangeKeepingRoom(wish, appointment, asked)
        var event = AppointmentRescheduled()
        event.appointment = resolution.appointment
        event.arrangement = arranged.arrangement
        event.revision = appointment.revision + 1
        event.by = .clinic
        event.noticeAt = asked.nowMs
        return Draft(
            event, about: arranged.arrangement.subjects(appointment: resolution.appointment, client: appointment.client))
    }
}
