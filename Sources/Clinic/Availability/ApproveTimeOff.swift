import LMDBKit
import Schema
import Timetable

extension ApproveTimeOff: CompoundCommand {
    public static let permission = Permission.approveTimeOff

    public func target(in state: borrowing ClinicState) throws -> Target {
        let timeOff = try state.timeOff(try Fields.required(hasTimeOff ? timeOff : nil, "timeOff", "the time off's id"))
        return Target(staff: timeOff.requested.staff)
    }

    /// The approval itself; then one resolution at a time, each on the state that the ones before it have left.
    public func decide(step index: Int, _ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft]? {
        if index == 0 { return try decide(state, asked) }
        let changes = resolutions.indices.filter { resolutions[$0].action != .keep }
        guard index <= changes.count else { return nil }
        return try resolve(changes[index - 1], state, asked)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        let id = try Fields.required(hasTimeOff ? timeOff : nil, "timeOff", "the time off's id")
        let present = try state.timeOff(id)
        guard !present.approved else { throw Refusal.unchanged("This time off is approved already.") }
        try requireAnother(present, state, asked)
        try requireResolutions(try state.affected(by: present.requested, nowMs: asked.nowMs))
        var event = TimeOffApproved()
        event.timeOff = id
        event.resolutions = resolutions
        return [Draft(event, about: [Subject(.timeOff, id), Subject(.staff, present.requested.staff)])]
    }

    /// INV-AVAIL-07: nobody approves what they asked for or what they take, but an owner or one who works alone.
    private func requireAnother(
        _ present: TimeOffState, _ state: borrowing ClinicState, _ asked: Asked
    ) throws {
        let caller = asked.caller
        guard caller.staff == present.requestedBy || caller.staff == present.requested.staff else { return }
        guard try !caller.roles.contains(.owner) && !state.isSolo() else { return }
        throw Refusal.rule(
            "INV-AVAIL-07", "Somebody else must approve it",
            "Nobody approves time off that they asked for or that is their own. Ask another manager or an owner.")
    }

    /// INV-AVAIL-06: each affected appointment is resolved once, and no other.
    private func requireResolutions(_ affected: [UInt64]) throws(Refusal) {
        var named: Set<UInt64> = []
        for (index, resolution) in resolutions.enumerated() {
            let path = "resolutions[\(index)]"
            let id = try Fields.required(
                resolution.hasAppointment ? resolution.appointment : nil, "\(path).appointment", "the appointment's id")
            let action = try Choice.known(resolution.hasAction ? resolution.action : nil, "\(path).action")
            guard resolution.hasStaff == (action == .reassign) else {
                throw .field("\(path).staff", "`\(path).staff` goes with the action reassign, and only with it.")
            }
            guard affected.contains(id), named.insert(id).inserted else {
                throw Self.unresolved(
                    named.contains(id)
                        ? "Appointment \(id) has two resolutions." : "Appointment \(id) is not affected.", affected
                )
                .with { $0.field = "\(path).appointment" }
            }
        }
        guard named.count == affected.count else {
            throw Self.unresolved("Say for each affected appointment: keep, cancel or reassign.", affected)
                .with { $0.field = "resolutions" }
        }
    }

    private static func unresolved(_ detail: String, _ affected: [UInt64]) -> Refusal {
        Refusal.rule("INV-AVAIL-06", "Appointments to resolve", detail).with { $0.affected = affected }
    }

    private func resolve(_ index: Int, _ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let resolution = resolutions[index]
        do {
            switch resolution.action {
            case .cancel: return try cancel(resolution.appointment, state, asked)
            case .reassign:
                _ = try state.staff(resolution.staff)
                return try reassign(resolution.appointment, to: resolution.staff, state, asked)
            case .keep, .unspecified, .UNRECOGNIZED: return []
            }
        } catch let refusal as Refusal {
            var refusal = refusal
            refusal.detail = "Appointment \(resolution.appointment): \(refusal.detail)"
            throw refusal.with {
                $0.field = "resolutions[\(index)]" + ($0.field == "staff" ? ".staff" : "")
                $0.affected = [resolution.appointment]
                // Its time is not in question here.
                $0.nearest = []
            }
        }
    }

    private func cancel(_ id: UInt64, _ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let appointment = try state.appointment(id, for: .cancel)
        let isIll = try state.timeOff(timeOff).requested.kind == .sick
        let event = AppointmentCancelled(
            appointment, by: .clinic, reason: isIll ? .therapistIllness : .therapistSchedule, noticeAtMs: asked.nowMs)
        return [Draft(event, about: appointment.subjects, effectiveAtMs: asked.nowMs)]
    }

    private func reassign(
        _ id: UInt64, to staff: UInt64, _ state: borrowing ClinicState, _ asked: Asked
    ) throws -> [Draft] {
        let appointment = try state.appointment(id, for: .reschedule)
        guard staff != appointment.arrangement.staff else {
            throw Refusal.field("staff", "It is with this therapist, who will be away. Name another.")
        }
        var wish = try Wish(moving: appointment)
        wish.staff = staff
        try state.requireOffered(wish)
        try state.keepStart(of: &wish, appointment)
        let arranged = try state.arrange(wish, asked)
        let event = AppointmentRescheduled(
            appointment, to: arranged.arrangement, by: .clinic, noticeAtMs: asked.nowMs)
        return [
            Draft(event, about: appointment.subjects(movedTo: arranged.arrangement), effectiveAtMs: asked.nowMs)
        ]
    }
}

extension ClinicState {
    /// Of the appointments that a time off affects, those to come: what has begun is with its therapist already.
    borrowing func affected(by timeOff: TimeOffRequested, nowMs: Int64) throws -> [UInt64] {
        guard let span = timeOff.time.span else { return [] }
        return try affectedAppointments(of: timeOff.staff, in: span).filter {
            try appointment($0).arrangement.time.startAt > nowMs
        }
    }

    /// Whether there is one member of staff and no more.
    fileprivate borrowing func isSolo() throws -> Bool {
        var count = 0
        try tables.staff.scanAll(in: transaction) { _, _ in
            count += 1
            return count > 1 ? .stop : .next
        }
        return count == 1
    }
}
