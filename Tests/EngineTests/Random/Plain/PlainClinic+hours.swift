import Foundation
import Schema

extension PlainClinic {
    /// The stretches in which somebody is there on a day, by their weekly hours at a place, or online.
    func weekly(
        _ staff: UInt64, at location: UInt64?, on day: Int, _ zone: TimeZone, where admits: (HoursBlock) -> Bool
    ) -> [(fromMs: Int64, toMs: Int64)] {
        let here = (weeks[staff] ?? []).filter {
            $0.fromDay <= day && ($0.hours.hasLocation ? $0.hours.location : nil) == location
        }
        // Of two for one date, the later recorded (INV-AVAIL-03).
        let newest = here.map(\.fromDay).max()
        let inForce = here.last { $0.fromDay == newest }
        return (inForce?.hours.blocks ?? []).filter { Int($0.weekday) == PlainTime.weekday(day) && admits($0) }
            .compactMap { block in
                guard let from = PlainTime.minute(block.from), let to = PlainTime.minute(block.to) else { return nil }
                return (
                    PlainTime.ms(day: day, minute: from, zone),
                    to == 1_440
                        ? PlainTime.ms(day: day + 1, minute: 0, zone) : PlainTime.ms(day: day, minute: to, zone)
                )
            }
    }

    /// Whether the whole of a wish lies within hours and extra openings that join (INV-SCHED-10).
    func isOpen(for wish: PlainWish) -> Bool {
        let zone = zone(of: wish)
        let site = wish.modality == .inPerson ? wish.location : nil
        let first = PlainTime.local(wish.startMs, zone).day
        let last = PlainTime.local(wish.endMs, zone).day
        var open = (first...max(first, last)).flatMap { day in
            weekly(wish.staff, at: site, on: day, zone) { block in
                (block.services.isEmpty || block.services.contains(wish.service))
                    && (block.modalities.isEmpty || block.modalities.contains(wish.modality))
            }
        }
        open += openings.filter { $0.staff == wish.staff && ($0.hasLocation ? $0.location : nil) == site }
            .map { ($0.time.startAt, $0.time.endAt) }
        var reachedMs = wish.startMs
        for (fromMs, toMs) in open.sorted(by: { $0.fromMs < $1.fromMs }) where fromMs <= reachedMs {
            reachedMs = max(reachedMs, toMs)
        }
        return reachedMs >= wish.endMs
    }

    /// A day, before `end`, on which somebody is open at two places at once (INV-AVAIL-02); nil when there is none.
    func dayOfClash(_ id: UInt64, from start: Int, before end: Int) -> Int? {
        let sites = Set((weeks[id] ?? []).map { $0.hours.hasLocation ? $0.hours.location : nil })
        let extra = openings.filter { $0.staff == id }
        let home = TimeZone(identifier: staff[id]?.offers.homeZone ?? "") ?? onlineZone
        func zone(_ site: UInt64?) -> TimeZone { site.flatMap { locations[$0]?.zone }.map(Self.zone) ?? home }
        return (start..<max(start, end)).first { day in
            var spans: [(site: UInt64?, fromMs: Int64, toMs: Int64)] = []
            for site in sites {
                for near in day - 1...day + 1 {
                    spans += weekly(id, at: site, on: near, zone(site)) { _ in true }.map { (site, $0.fromMs, $0.toMs) }
                }
            }
            let weekly = spans.count
            spans += extra.map { ($0.hasLocation ? $0.location : nil, $0.time.startAt, $0.time.endAt) }
            for (index, one) in spans.enumerated() {
                // An opening may extend the hours of its own place.
                for (later, other) in spans.enumerated().dropFirst(index + 1)
                where one.fromMs < other.toMs && other.fromMs < one.toMs {
                    if later < weekly || one.site != other.site { return true }
                }
            }
            return false
        }
    }
}
