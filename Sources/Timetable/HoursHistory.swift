/// The versions of weekly hours of one therapist at one site (or of one location), in the order they take effect.
public struct HoursHistory: Hashable, Sendable {
    /// By `effectiveFrom`, one for each; of several recorded for one date only the latest is kept.
    public let versions: [WeeklyHours]

    public init(_ recorded: some Sequence<WeeklyHours>) {
        var kept: [WeeklyHours] = []
        for version in recorded.sorted(by: { ($0.effectiveFrom, $0.recorded) < ($1.effectiveFrom, $1.recorded) }) {
            if kept.last?.effectiveFrom == version.effectiveFrom { kept.removeLast() }
            kept.append(version)
        }
        versions = kept
    }

    /// The version in force: the greatest `effectiveFrom` that is not after the date. Nil before the first.
    public func version(on date: LocalDate) -> WeeklyHours? {
        index(on: date).map { versions[$0] }
    }

    func index(on date: LocalDate) -> Int? {
        var low = 0
        var high = versions.count
        while low < high {
            let middle = (low + high) / 2
            if versions[middle].effectiveFrom <= date { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }

    /// The last date on which a version is in force.
    func lastDate(ofVersion index: Int) -> LocalDate {
        guard index + 1 < versions.count else { return .max }
        return versions[index + 1].effectiveFrom.adding(days: -1) ?? .min
    }

    /// Calls `body` with each well-formed block that is open on the dates, and with its span.
    func forEachBlock(from: LocalDate, through last: LocalDate, in zone: Zone, _ body: (HoursBlock, Span) -> Void) {
        var date: LocalDate? = from
        while let today = date, today <= last {
            if let version = version(on: today) {
                let weekday = today.weekday
                for block in version.blocks where block.weekday == weekday && block.isWellFormed {
                    if let span = block.span(on: today, in: zone) { body(block, span) }
                }
            }
            date = today.adding(days: 1)
        }
    }
}
