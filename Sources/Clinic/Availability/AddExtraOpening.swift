import LMDBKit
import Schema
import Timetable

extension AddExtraOpening: Command {
    public static let permission = Permission.setAvailability

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of the member of staff")
        _ = try state.staff(id)
        let zone = try state.zone(of: id, at: hasLocation ? location : nil)
        let time = try PlannedTime.plan(
            from: try Fields.dateTime(hasStart ? start : nil, "start"),
            to: try Fields.dateTime(hasEnd ? end : nil, "end"), in: zone, tzdata: asked.tzdata)
        guard let span = time.span, span.durationMs <= 86_400_000 else {
            throw Refusal.field("end", "An opening is at most 24 hours long.")
        }
        try state.requireNowhereElse(id, than: Site(hasLocation ? location : nil), in: span)
        var event = ExtraOpeningAdded()
        event.staff = id
        if hasLocation { event.location = location }
        event.time = time
        event.overridesClosure = overridesClosure
        var subjects = [Subject(.opening, asked.next), Subject(.staff, id)]
        if hasLocation { subjects.append(Subject(.location, location)) }
        return [Draft(event, about: subjects)]
    }
}

extension ClinicState {
    /// INV-AVAIL-02, for one opening: nobody is open at two places at once.
    fileprivate borrowing func requireNowhereElse(_ staff: UInt64, than site: Site, in span: Span) throws {
        var elsewhere: [Span] = []
        try tables.openings.scan(
            from: Pair(staff, Pair(span.startMs, UInt64(0))), in: transaction
        ) { key, row in
            guard key.first == staff else { return .stop }
            if Site(row.hasLocation ? row.location : nil) != site, let other = row.time.span { elsewhere.append(other) }
            return .next
        }
        for (other, versions) in try weeklyHours(of: staff) where other != site {
            let zone = try zone(of: staff, at: other.location)
            guard let from = zone.local(ofMs: span.startMs)?.date.adding(days: -1),
                let to = zone.local(ofMs: span.endMs)?.date.adding(days: 2)
            else { continue }
            let hours = Openings(zone: zone, weekly: HoursHistory(versions))
            for (_, open) in hours.openByOffer(from: from, to: to) { elsewhere += open.spans }
        }
        guard !elsewhere.contains(where: span.overlaps) else {
            throw HoursBlockRule.clash(
                "start", "They are open at another place in this time. Nobody is at two places at once.")
        }
    }
}
