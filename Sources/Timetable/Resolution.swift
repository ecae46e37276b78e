/// What a wall clock reading means in a zone. Instants are milliseconds UTC.
public enum Resolution: Hashable, Sendable {
    case exact(instantMs: Int64)
    /// The clock jumped over this reading. `before` is the last minute that exists, `after` the first that exists
    /// again; `shiftedMs` is the instant by the offset before the jump (RFC 5545, 3.3.5).
    case gap(before: LocalDateTime, after: LocalDateTime, shiftedMs: Int64)
    /// The clock was set back and shows this reading twice.
    case overlap(firstMs: Int64, secondMs: Int64)

    /// The instant a plan takes: shifted forward out of a gap, the first occurrence in an overlap.
    public var plannedMs: Int64 {
        switch self {
        case .exact(let instantMs), .gap(_, _, let instantMs), .overlap(let instantMs, _): instantMs
        }
    }

    /// How the plan had to be read.
    public var reading: ClockReading {
        switch self {
        case .exact: .none
        case .gap: .gapShifted
        case .overlap: .overlapFirst
        }
    }

    /// Every instant at which the clock shows the reading, ascending: none, one or two.
    public var instantsMs: [Int64] {
        switch self {
        case .exact(let instantMs): [instantMs]
        case .gap: []
        case .overlap(let firstMs, let secondMs): [firstMs, secondMs]
        }
    }
}

/// The mark kept beside a planned time, so that it can be told later why it lies where it lies.
public enum ClockReading: String, Hashable, Sendable, CaseIterable {
    case none
    case gapShifted = "gap_shifted"
    case overlapFirst = "overlap_first"
}
