import Schema
import Timetable

extension AddExtraOpening: Command {
    public static let permission = Permission.setAvailability

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let staff = try Fields.required(hasStaff ? self.staff : nil, "staff", "the id of a member of staff")
        let zone = try state.hoursZone(of: staff, at: hasLocation ? location : nil)
        var event = ExtraOpeningAdded()
        event.staff = staff
        if hasLocation { event.location = location }
        event.time = try PlannedTime.plan(
            from: try Fields.dateTime(hasStart ? start : nil, "start"), to: try Fields.dateTime(hasEnd ? end : nil, "end"),
            in: zone, tzdata: asked.tzdata)
        guard event.time.endAt - event.time.startAt <= 86_400_000 else {
            throw Refusal.field("end", "An opening is at most 24 hours long.")
        }
        event.overridesClosure = overridesClosure
        return [Draft(event, about: [Subject(.opening, asked.next), Subject(.staff, staff)])]
    }
}
