/// INV-SCHED-03: one therapist's appointments neither overlap nor follow each other too closely.
public struct TherapistRule {
    let travel: Travel
    let nowMs: Int64

    public init(travel: Travel, nowMs: Int64) {
        self.travel = travel
        self.nowMs = nowMs
    }

    /// What `wanted` clashes with, sorted. Every appointment is asked, not only the neighbours: an override may have
    /// let two overlap. A pair is in one class: overlap; gap, when the buffers alone are not kept; else travel.
    public func conflicts(of wanted: Occupancy, with others: some Sequence<Occupancy>) -> [Conflict] {
        others.compactMap { other in
            clash(of: wanted, with: other).map { Conflict($0, with: other.appointment) }
        }.sorted()
    }

    func clash(of wanted: Occupancy, with other: Occupancy) -> Conflict.Class? {
        guard wanted.contends(with: other, nowMs: nowMs) else { return nil }
        if wanted.span.overlaps(other.span) { return .therapistOverlap }
        let (first, second) = wanted.startMs < other.startMs ? (wanted, other) : (other, wanted)
        let freeMs = second.startMs - first.endMs
        if freeMs < Int64(Self.buffer(first, second)) * 60_000 { return .therapistGap }
        return freeMs < gapMs(first, second) ? .travel : nil
    }

    /// The starts, of appointments like `wanted`, that would clash with `other`; nil when none would.
    func blockedStarts(of wanted: Occupancy, by other: Occupancy) -> Span? {
        guard wanted.contends(with: other, nowMs: nowMs) else { return nil }
        // Half-open: the last start before `other` that keeps the gap is free, and so is the first after it.
        let lastFree = other.startMs - gapMs(wanted, other) - wanted.span.durationMs
        let firstFree = other.endMs + gapMs(other, wanted)
        return Span(uncheckedStartMs: lastFree + 1, endMs: firstFree)
    }

    private func gapMs(_ first: Occupancy, _ second: Occupancy) -> Int64 {
        let needed = Self.buffer(first, second) + travel.minutes(from: first.place, to: second.place)
        return Int64(min(needed, Occupancy.reachMinutes)) * 60_000
    }

    /// The longer of the two, not their sum.
    private static func buffer(_ first: Occupancy, _ second: Occupancy) -> Int {
        max(first.bufferAfterMinutes, second.bufferBeforeMinutes)
    }
}
