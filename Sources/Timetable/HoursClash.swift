/// Two blocks of one therapist that would be open on the same date at once (INV-AVAIL-02).
public struct HoursClash: Hashable, Sendable {
    /// A block: which site, which version of its hours, which block of the version.
    public struct Origin: Hashable, Sendable {
        public let site: Site
        public let effectiveFrom: LocalDate
        public let block: Int
    }

    public let first: Origin
    public let second: Origin
    /// The earliest date on which both are open.
    public let date: LocalDate
}

/// All weekly hours of one therapist: a history and a zone for every site.
public struct StaffWeek: Sendable {
    public struct Part: Sendable {
        public let site: Site
        public let zone: Zone
        public let history: HoursHistory

        public init(site: Site, zone: Zone, history: HoursHistory) {
            self.site = site
            self.zone = zone
            self.history = history
        }
    }

    public let parts: [Part]

    public init(_ parts: [Part]) { self.parts = parts }

    /// Every pair of blocks that are in force on one date and overlap, across sites, with the first such date.
    ///
    /// Sites of one zone are compared by the wall clock. Sites of different zones are compared as instants on every
    /// date of the first 53 weeks in which both versions are in force, which sees each rule for changing clocks once.
    public func clashes() -> [HoursClash] {
        var found: [HoursClash] = []
        for first in parts.indices {
            for second in first..<parts.count {
                for version in parts[first].history.versions.indices {
                    let others = parts[second].history.versions.indices
                    for other in others where first != second || other == version {
                        found += clashes(
                            Version(part: parts[first], index: version), Version(part: parts[second], index: other))
                    }
                }
            }
        }
        return found
    }

    private struct Version {
        let part: Part
        let index: Int
        var hours: WeeklyHours { part.history.versions[index] }
        var lastDate: LocalDate { part.history.lastDate(ofVersion: index) }

        func origin(_ block: Int) -> HoursClash.Origin {
            HoursClash.Origin(site: part.site, effectiveFrom: hours.effectiveFrom, block: block)
        }
    }

    private func clashes(_ left: Version, _ right: Version) -> [HoursClash] {
        let from = max(left.hours.effectiveFrom, right.hours.effectiveFrom)
        let last = min(left.lastDate, right.lastDate)
        guard from <= last else { return [] }
        let same = left.part.site == right.part.site && left.index == right.index
        var found: [HoursClash] = []
        for one in left.hours.blocks.indices {
            for other in right.hours.blocks.indices where !same || one < other {
                let blocks = (left.hours.blocks[one], right.hours.blocks[other])
                let date =
                    left.part.zone == right.part.zone
                    ? firstShared(blocks, from, last)
                    : firstShared(blocks, (left.part.zone, right.part.zone), from, last)
                guard let date else { continue }
                found.append(HoursClash(first: left.origin(one), second: right.origin(other), date: date))
            }
        }
        return found
    }

    /// The first date of both blocks' weekday, if they overlap by the wall clock.
    private func firstShared(_ blocks: (HoursBlock, HoursBlock), _ from: LocalDate, _ last: LocalDate) -> LocalDate? {
        guard blocks.0.overlaps(blocks.1),
            let date = from.adding(days: floorModulo(blocks.0.weekday - from.weekday, 7)), date <= last
        else { return nil }
        return date
    }

    /// The first date on which the blocks overlap as instants. In zones up to a day apart, the dates may differ by one.
    private func firstShared(
        _ blocks: (HoursBlock, HoursBlock), _ zones: (Zone, Zone), _ from: LocalDate, _ last: LocalDate
    ) -> LocalDate? {
        guard blocks.0.isWellFormed, blocks.1.isWellFormed else { return nil }
        for week in 0..<53 {
            let offset = floorModulo(blocks.0.weekday - from.weekday, 7) + week * 7
            guard let date = from.adding(days: offset), date <= last else { return nil }
            guard let span = blocks.0.span(on: date, in: zones.0) else { continue }
            for shift in -1...1 {
                guard let day = date.adding(days: shift), day >= from, day <= last, day.weekday == blocks.1.weekday,
                    let other = blocks.1.span(on: day, in: zones.1)
                else { continue }
                if span.overlaps(other) { return date }
            }
        }
        return nil
    }
}
