import LMDBKit
import Schema
import Timetable

extension SetWeeklyHours: Command {
    public static let permission = Permission.setAvailability

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let staff = try Fields.required(hasStaff ? self.staff : nil, "staff", "the id of a member of staff")
        let zone = try state.hoursZone(of: staff, at: hasLocation ? location : nil)
        var event = WeeklyHoursSet()
        event.staff = staff
        if hasLocation { event.location = location }
        event.zone = zone.id
        event.effectiveFrom = try Fields.date(hasEffectiveFrom ? effectiveFrom : nil, "effectiveFrom").description
        guard blocks.count <= 100 else { throw Refusal.field("blocks", "`blocks` has more than 100.") }
        event.blocks = try blocks.enumerated().map { try checked($1, "blocks[\($0)]", state) }
        try requireNoClash(event, asked, state)
        return [Draft(event, about: [Subject(.staff, staff)])]
    }

    /// INV-AVAIL-01 for one block.
    private func checked(
        _ block: WireHoursBlock, _ path: String, _ state: borrowing ClinicState
    ) throws -> WireHoursBlock {
        func refused(_ field: String, _ detail: String) -> Refusal {
            Refusal.rule("INV-AVAIL-01", "Not a block of hours", detail).with { $0.field = "\(path).\(field)" }
        }
        guard (1...7).contains(block.weekday) else { throw refused("weekday", "`weekday` is 1 (Monday) to 7 (Sunday).") }
        guard let from = LocalTime(iso: block.from) else { throw refused("from", "`from` must be a time like 09:00.") }
        guard let to = LocalTime(endIso: block.to) else { throw refused("to", "`to` must be a time like 17:00 or 24:00.") }
        guard from < to else { throw refused("to", "`to` must be after `from`, on the same day.") }
        for (index, service) in block.services.enumerated() {
            _ = try state.service(service, field: "\(path).services[\(index)]")
        }
        guard !block.modalities.contains(.unspecified) else {
            throw refused("modalities", "`modalities` must name how, as in_person.")
        }
        return block
    }

    /// INV-AVAIL-02: nobody is at two places at once, on any date on which both versions are in force.
    private func requireNoClash(
        _ event: WeeklyHoursSet, _ asked: Asked, _ state: borrowing ClinicState
    ) throws {
        guard let version = event.timetable(recorded: asked.next) else { return }
        var sites = try state.weeklyHoursBySite(of: event.staff)
        let site: Site = event.hasLocation ? .location(event.location) : .online
        sites[site, default: []].append(version)
        let parts = try sites.map { site, versions in
            StaffWeek.Part(
                site: site, zone: try state.hoursZone(of: event.staff, at: site.location),
                history: HoursHistory(versions))
        }
        let clashes = StaffWeek(parts).clashes().filter { clash in
            [clash.first, clash.second].contains { $0.site == site && $0.effectiveFrom == version.effectiveFrom }
        }
        guard let clash = clashes.min(by: { $0.date < $1.date }) else { return }
        throw Refusal.rule(
            "INV-AVAIL-02", "Two places at once",
            "On \(clash.date) these hours overlap others of the same person, here or elsewhere.")
            .with { $0.field = "blocks" }
    }
}

extension Site {
    var location: UInt64? {
        if case .location(let id) = self { id } else { nil }
    }
}

extension ClinicState {
    /// The zone in which somebody's hours at a place are meant.
    borrowing func hoursZone(of staff: UInt64, at location: UInt64?) throws -> Zone {
        let member = try self.staff(staff)
        if let location { return try Fields.zone(try self.location(location).zone, "location") }
        let home = member.offers.homeZone
        return try Fields.zone(home.isEmpty ? try requirePractice().practice.onlineZone : home, "homeZone")
    }

    borrowing func weeklyHoursBySite(of staff: UInt64) throws -> [Site: [WeeklyHours]] {
        var found: [Site: [WeeklyHours]] = [:]
        try tables.hours.scan(prefix: staff, in: transaction) { _, row in
            let site: Site = row.hours.hasLocation ? .location(row.hours.location) : .online
            if let version = row.hours.timetable(recorded: row.recorded) { found[site, default: []].append(version) }
            return .next
        }
        return found
    }
}
