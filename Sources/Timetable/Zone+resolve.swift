extension Zone {
    /// The instants, in ms UTC, this module computes with: years 0 to 10000, so that offsets and gaps never overflow.
    public static let instantsMs: ClosedRange<Int64> = -62_167_219_200_000...253_433_923_199_999

    /// What the wall clock reading means here.
    public func resolve(_ local: LocalDateTime) -> Resolution {
        switch rules.resolve(wallSeconds: local.wallMinutes * 60) {
        case .exact(let seconds):
            return .exact(instantMs: seconds * 1_000)
        case .overlap(let first, let second):
            return .overlap(firstMs: first * 1_000, secondMs: second * 1_000)
        case .gap(let startWall, let endWall, let shifted):
            // A minute exists when its first second does; local mean times had odd seconds.
            return .gap(
                before: LocalDateTime(clamping: floorDivide(startWall - 1, 60)),
                after: LocalDateTime(clamping: floorDivide(endWall + 59, 60)),
                shiftedMs: shifted * 1_000)
        }
    }

    /// The wall clock at an instant, cut to the minute; nil outside the years 1 to 9999.
    public func local(ofMs instantMs: Int64) -> LocalDateTime? {
        guard Self.instantsMs.contains(instantMs) else { return nil }
        return LocalDateTime(wallMinutes: wallMinutes(ofMs: instantMs))
    }

    /// Seconds east of UTC at an instant; beyond the years 0 to 10000 the nearest known one.
    public func offsetSeconds(atMs instantMs: Int64) -> Int {
        let bounded = min(max(instantMs, Self.instantsMs.lowerBound), Self.instantsMs.upperBound)
        return Int(rules.offset(atSeconds: floorDivide(bounded, 1_000)))
    }

    /// The first instant of a date. Where the clock jumps over midnight it is the instant of the jump; a date that the
    /// zone left out has the first instant after it.
    public func startOfDayMs(_ date: LocalDate) -> Int64 {
        startOfDayMs(wallMinutes: date.wallMinutes(at: .midnight))
    }

    /// The time that the dates `from` until before `to` cover; nil when that is empty.
    public func span(from: LocalDate, to: LocalDate) -> Span? {
        from < to ? Span(startMs: startOfDayMs(from), endMs: startOfDayMs(to)) : nil
    }

    func startOfDayMs(wallMinutes: Int64) -> Int64 {
        let resolution = rules.resolve(wallSeconds: wallMinutes * 60)
        guard case .gap(_, let endWall, _) = resolution else { return resolution.plannedSeconds * 1_000 }
        return rules.resolve(wallSeconds: endWall).plannedSeconds * 1_000
    }

    /// Where an edge of opening hours lies: shifted out of a gap, first of an overlap.
    func edgeMs(wallMinutes: Int64) -> Int64 {
        rules.resolve(wallSeconds: wallMinutes * 60).plannedSeconds * 1_000
    }

    /// `instantMs` must be among `Zone.instantsMs`.
    func wallMinutes(ofMs instantMs: Int64) -> Int64 {
        let seconds = floorDivide(instantMs, 1_000)
        return floorDivide(seconds + rules.offset(atSeconds: seconds), 60)
    }
}
