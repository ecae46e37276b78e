import Schema
import Timetable

extension SetWeeklyHours: Command {
    public static let permission = Permission.setAvailability

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of the member of staff")
        _ = try state.staff(id)
        let zone = try state.zone(of: id, at: hasLocation ? location : nil)
        let from = try Fields.date(hasEffectiveFrom ? effectiveFrom : nil, "effectiveFrom")
        try Fields.requireCount(blocks.count, "blocks", max: 100)
        for (index, block) in blocks.enumerated() {
            try HoursBlockRule.check(block, "blocks[\(index)]", isOnline: !hasLocation, state)
        }
        var event = WeeklyHoursSet()
        event.staff = id
        if hasLocation { event.location = location }
        event.zone = zone.id
        event.effectiveFrom = from.description
        event.blocks = blocks
        guard let version = event.timetable(recorded: asked.next) else {
            throw Refusal.field("effectiveFrom", "`effectiveFrom` must be a date that exists, like 2026-12-01.")
        }
        try check(version, of: id, state)
        return [Draft(event, about: [Subject(.staff, id)], effectiveAtMs: zone.startOfDayMs(from))]
    }

    /// INV-AVAIL-02 and -03.
    private func check(_ version: WeeklyHours, of staff: UInt64, _ state: borrowing ClinicState) throws {
        let site = Site(hasLocation ? location : nil)
        let history = HoursHistory(try state.weeklyHours(of: staff)[site] ?? [])
        guard history.version(on: version.effectiveFrom)?.blocks ?? [] != version.blocks else {
            throw Refusal.unchanged("These are the hours from that date on already.")
        }
        // Within the week first: that needs no calendar.
        if let pair = version.clashingBlocks.first {
            throw HoursBlockRule.clash("blocks[\(pair.1)]", "`blocks[\(pair.0)]` and `blocks[\(pair.1)]` overlap.")
        }
        let week = try state.staffWeek(of: staff, adding: version, at: site)
        for clash in week.clashes() {
            guard let mine = [clash.first, clash.second].first(where: { $0.isOf(version, at: site) }) else { continue }
            throw HoursBlockRule.clash(
                "blocks[\(mine.block)]",
                "On \(clash.date) these hours overlap with hours at another place. Nobody is at two places at once.")
        }
        guard let opening = try state.extraOpening(of: staff, clashingWith: version, at: site) else { return }
        throw HoursBlockRule.clash(
            "blocks",
            "On \(opening) they have an extra opening at another place in these hours. Nobody is at two places at once."
        )
    }
}

extension HoursClash.Origin {
    fileprivate func isOf(_ version: WeeklyHours, at site: Site) -> Bool {
        self.site == site && effectiveFrom == version.effectiveFrom
    }
}
