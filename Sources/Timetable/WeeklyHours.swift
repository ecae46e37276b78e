/// One stretch of a week's opening hours, on one weekday, by the wall clock.
public struct HoursBlock: Hashable, Sendable {
    /// ISO 8601: Monday is 1, Sunday is 7.
    public let weekday: Int
    public let from: LocalTime
    /// May be 24:00; a block never goes past midnight.
    public let to: LocalTime
    public let offer: OpeningOffer

    public init(weekday: Int, from: LocalTime, to: LocalTime, offer: OpeningOffer = .anything) {
        self.weekday = weekday
        self.from = from
        self.to = to
        self.offer = offer
    }

    /// INV-AVAIL-01: a weekday, and from before to. A block that is not well formed opens nothing.
    public var isWellFormed: Bool { (1...7).contains(weekday) && from < to && from < .endOfDay }

    /// Whether both would be open at once in a week without clock changes.
    public func overlaps(_ other: HoursBlock) -> Bool {
        isWellFormed && other.isWellFormed && weekday == other.weekday && from < other.to && other.from < to
    }

    /// The block on a date, which must have its weekday. Nil when a clock change leaves nothing of it.
    func span(on date: LocalDate, in zone: Zone) -> Span? {
        Span(
            startMs: zone.edgeMs(wallMinutes: date.wallMinutes(at: from)),
            endMs: zone.edgeMs(wallMinutes: date.wallMinutes(at: to)))
    }
}

/// The weekly hours of one therapist at one site, or of one location, from a date on.
public struct WeeklyHours: Hashable, Sendable {
    public let effectiveFrom: LocalDate
    /// The log position that recorded this version: of two for one date the later wins (INV-AVAIL-03).
    public let recorded: UInt64
    /// Empty: not here from that date.
    public let blocks: [HoursBlock]

    public init(effectiveFrom: LocalDate, recorded: UInt64, blocks: [HoursBlock]) {
        self.effectiveFrom = effectiveFrom
        self.recorded = recorded
        self.blocks = blocks
    }

    /// Indices of the blocks that break INV-AVAIL-01.
    public var malformedBlocks: [Int] { blocks.indices.filter { !blocks[$0].isWellFormed } }

    /// Pairs of blocks of this version that are open at once (INV-AVAIL-02); each pair once, smaller index first.
    public var clashingBlocks: [(Int, Int)] {
        blocks.indices.flatMap { first in
            (first + 1..<blocks.count).compactMap { second in
                blocks[first].overlaps(blocks[second]) ? (first, second) : nil
            }
        }
    }
}
