import Schema
import Timetable

extension RequestTimeOff: Command {
    public static let permission = Permission.requestTimeOff

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of the member of staff")
        _ = try state.staff(id)
        let time = try PlannedTime.plan(
            from: try Fields.dateTime(hasStart ? start : nil, "start"),
            to: try Fields.dateTime(hasEnd ? end : nil, "end"), in: try state.practiceZone(), tzdata: asked.tzdata)
        guard let span = time.span, span.durationMs <= 366 * 86_400_000 else {
            throw Refusal.field("end", "A time off is at most 366 days long.")
        }
        var event = TimeOffRequested()
        event.staff = id
        event.time = time
        event.kind = try checkedKind()
        event.affected = try state.affected(by: event, nowMs: asked.nowMs)
        let why = try Fields.optionalText(hasReason ? reason : nil, "reason", maxLength: TextLimit.reason)
        return [
            Draft(
                event, about: [Subject(.timeOff, asked.next), Subject(.staff, id)],
                texts: [(\.reason, why.map { PrivateText($0, of: id, .personnel) })])
        ]
    }

    private func checkedKind() throws(Refusal) -> TimeOffKind.Value {
        switch kind {
        case .annual, .sick, .training, .admin, .other: return kind
        case .unspecified, .UNRECOGNIZED:
            throw .field("kind", "`kind` must be annual, sick, training, admin or other.")
        }
    }
}
