import Schema
import Timetable

extension RequestTimeOff: Command {
    public static let permission = Permission.requestTimeOff

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let staff = try Fields.required(hasStaff ? self.staff : nil, "staff", "the id of a member of staff")
        _ = try state.staff(staff)
        var event = TimeOffRequested()
        event.staff = staff
        event.kind = try Fields.required(hasKind ? kind : nil, "kind", "why, as annual")
        guard event.kind != .unspecified else { throw Refusal.field("kind", "`kind` must say why, as annual.") }
        event.time = try PlannedTime.plan(
            from: try Fields.dateTime(hasStart ? start : nil, "start"), to: try Fields.dateTime(hasEnd ? end : nil, "end"),
            in: try Fields.zone(practice.zone, "zone"), tzdata: asked.tzdata)
        guard event.time.endAt - event.time.startAt <= 366 * 86_400_000 else {
            throw Refusal.field("end", "A time off is at most a year long.")
        }
        event.affected = try state.affected(by: event)
        let reason = try Fields.optionalText(hasReason ? self.reason : nil, "reason", maxLength: 1_000)
        return [
            Draft(
                event, about: [Subject(.timeOff, asked.next), Subject(.staff, staff)],
                texts: [(\.reason, reason.map { PrivateText($0, of: staff, .personnel) })])
        ]
    }
}

extension ClinicState {
    /// Appointments of somebody that lie in their time off and are still to come, by id.
    borrowing func affected(by request: TimeOffRequested) throws -> [UInt64] {
        guard let off = request.time.span else { return [] }
        return try diary(.therapist, request.staff, around: off)
            .filter { $0.span.overlaps(off) }
            .compactMap(\.appointment)
            .filter { id in
                let status = try appointment(id).status
                return status == .booked || status == .confirmed || status == .held
            }
            .sorted()
    }
}
