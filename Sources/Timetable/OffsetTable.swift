/// Stretches of time with one offset from UTC each: stretch i lasts from `starts[i]` to `starts[i + 1]`.
///
/// Seconds, not milliseconds: transitions fall on whole seconds, and old local mean times have odd seconds.
struct OffsetTable: Sendable {
    /// Ascending; the first is `Int64.min`.
    private(set) var starts: [Int64] = [.min]
    /// Seconds east of UTC, one for every start.
    private(set) var offsets: [Int64]

    init(firstOffset: Int64) { offsets = [firstOffset] }

    mutating func append(startSeconds: Int64, offset: Int64) {
        // A change of name or of "daylight" alone is no change of the clock.
        guard startSeconds > starts[starts.count - 1], offset != offsets[offsets.count - 1] else { return }
        starts.append(startSeconds)
        offsets.append(offset)
    }

    /// The stretch that holds the instant.
    func index(atSeconds seconds: Int64) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= seconds { low = middle } else { high = middle }
        }
        return low
    }

    func offset(atSeconds seconds: Int64) -> Int64 { offsets[index(atSeconds: seconds)] }

    /// What a wall clock reading (seconds since 1970-01-01T00:00 on the wall) means.
    ///
    /// A reading w belongs to stretch i iff w − offset(i) lies inside it. No offset in tzdata reaches 26 hours, so only
    /// stretches that touch w ± 26 h can own it; asking all of them also holds when two changes are hours apart.
    func resolve(wallSeconds wall: Int64) -> WallResolution {
        let reach: Int64 = 26 * 3_600
        let first = index(atSeconds: wall - reach)
        let last = index(atSeconds: wall + reach)
        if first == last { return .exact(wall - offsets[first]) }
        var earliest: Int64?
        var begun = first
        for index in first...last {
            let candidate = wall - offsets[index]
            if candidate >= starts[index] { begun = index }
            guard candidate >= starts[index], index + 1 == starts.count || candidate < starts[index + 1] else {
                continue
            }
            if let earliest { return .overlap(earliest, candidate) }
            earliest = candidate
        }
        if let earliest { return .exact(earliest) }
        // The last stretch that had begun by this reading was over before it came, and the next begins after it.
        let change = starts[begun + 1]
        return .gap(
            startWall: change + offsets[begun], endWall: change + offsets[begun + 1], shifted: wall - offsets[begun])
    }
}

/// What a wall clock reading means, in seconds.
enum WallResolution {
    case exact(Int64)
    /// Readings from `startWall` until before `endWall` never occur; `shifted` uses the offset from before the change.
    case gap(startWall: Int64, endWall: Int64, shifted: Int64)
    case overlap(Int64, Int64)

    /// Gap: shifted forward by the gap's length. Overlap: the first occurrence (RFC 5545, 3.3.5).
    var plannedSeconds: Int64 {
        switch self {
        case .exact(let seconds), .gap(_, _, let seconds), .overlap(let seconds, _): seconds
        }
    }
}
