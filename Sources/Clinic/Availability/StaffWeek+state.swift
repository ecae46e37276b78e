import LMDBKit
import Schema
import Timetable

/// Somebody's hours at all their sites, for INV-AVAIL-02.
extension ClinicState {
    /// The zone in which somebody's hours at a site are meant.
    borrowing func zone(of staff: UInt64, at location: UInt64?) throws -> Zone {
        if let location { return try Fields.zone(try self.location(location).zone, "location") }
        let home = try self.staff(staff).offers.homeZone
        return try Fields.zone(home.isEmpty ? try requirePractice().practice.onlineZone : home, "staff")
    }

    /// Every version of somebody's week, by site.
    borrowing func weeklyHours(of staff: UInt64) throws -> [Site: [WeeklyHours]] {
        try tables.hours.versions(of: staff, in: transaction)
    }

    /// The week at one site as the new version would leave it, beside those of all other sites.
    borrowing func staffWeek(of staff: UInt64, adding version: WeeklyHours, at site: Site) throws -> StaffWeek {
        var versions = try weeklyHours(of: staff)
        versions[site, default: []].append(version)
        return StaffWeek(
            try versions.sorted { $0.key.order < $1.key.order }.map { site, recorded in
                // What ended before the new version begins, or begins after it ended, cannot clash with it.
                StaffWeek.Part(
                    site: site, zone: try zone(of: staff, at: site.location),
                    history: HoursHistory(recorded).inForce(from: version.effectiveFrom))
            })
    }
}

extension ClinicState {
    /// The first day on which an extra opening at another site overlaps with what a new version of a week opens.
    borrowing func extraOpening(
        of staff: UInt64, clashingWith version: WeeklyHours, at site: Site
    ) throws -> LocalDate? {
        let zone = try zone(of: staff, at: site.location)
        let hours = Openings(
            zone: zone, weekly: HoursHistory(try weeklyHours(of: staff)[site, default: []] + [version]))
        var found: LocalDate?
        let startMs = zone.startOfDayMs(version.effectiveFrom)
        try tables.openings.scan(from: Pair(staff, Pair(startMs, UInt64(0))), in: transaction) { key, row in
            guard key.first == staff else { return .stop }
            guard Site(row.hasLocation ? row.location : nil) != site, let opening = row.time.span,
                let from = zone.local(ofMs: opening.startMs)?.date, let last = zone.local(ofMs: opening.endMs)?.date,
                let to = last.adding(days: 1)
            else { return .next }
            let isClash = hours.openByOffer(from: max(from, version.effectiveFrom), to: to).contains { _, open in
                open.spans.contains(where: opening.overlaps)
            }
            if isClash { found = from }
            return isClash ? .stop : .next
        }
        return found
    }
}

extension HoursHistory {
    /// The versions that are in force on some date from `date` on.
    fileprivate func inForce(from date: LocalDate) -> HoursHistory {
        let current = version(on: date)
        return HoursHistory(versions.filter { $0.effectiveFrom >= date || $0 == current })
    }
}

extension Site {
    init(_ location: UInt64?) { self = location.map(Site.location) ?? .online }

    var location: UInt64? {
        if case .location(let id) = self { id } else { nil }
    }

    fileprivate var order: UInt64 { location.map { $0 + 1 } ?? 0 }
}
