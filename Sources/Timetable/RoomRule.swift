/// INV-SCHED-04: a room holds `concurrent` appointments at once, with time to clear and lay it out between them.
public struct RoomRule {
    let concurrent: Int
    let nowMs: Int64

    /// `concurrent` below 1 is a room that is always full.
    public init(concurrent: Int = 1, nowMs: Int64) {
        self.concurrent = concurrent
        self.nowMs = nowMs
    }

    /// The appointments that fill the room at some instant of `wanted`, sorted; empty when there is room.
    public func conflicts(of wanted: Occupancy, with others: some Sequence<Occupancy>) -> [Conflict] {
        guard concurrent >= 1 else { return [Conflict(.roomOverlap)] }
        let taken = others.compactMap { other in
            stretched(other, around: wanted).map { (span: $0, appointment: other.appointment) }
        }
        let filled = full(taken.map(\.span)).clipped(to: wanted.span)
        return taken.filter { taker in filled.spans.contains { $0.overlaps(taker.span) } }
            .map { Conflict(.roomOverlap, with: $0.appointment) }
            .sorted()
    }

    /// The starts, of appointments like `wanted`, for which there would be no room.
    func blockedStarts(of wanted: Occupancy, by others: some Sequence<Occupancy>) -> SpanSet {
        precondition(concurrent >= 1, "a room that is always full is no candidate")
        return full(others.compactMap { stretched($0, around: wanted) })
            .startsOverlapping(durationMs: wanted.span.durationMs)
    }

    /// The time in which `wanted` may not be, were this the only place in the room: the other with the longer of the
    /// one's turnaround and the other's setup on either side.
    private func stretched(_ other: Occupancy, around wanted: Occupancy) -> Span? {
        guard wanted.contends(with: other, nowMs: nowMs) else { return nil }
        let before = max(wanted.roomTurnaroundMinutes, other.roomSetupMinutes)
        let after = max(other.roomTurnaroundMinutes, wanted.roomSetupMinutes)
        return Span(
            uncheckedStartMs: other.startMs - Int64(before) * 60_000, endMs: other.endMs + Int64(after) * 60_000)
    }

    /// The time in which at least `concurrent` of the spans run at once.
    private func full(_ spans: [Span]) -> SpanSet {
        if concurrent == 1 { return SpanSet(spans) }
        var edges = spans.flatMap { [(ms: $0.startMs, step: 1), (ms: $0.endMs, step: -1)] }
        edges.sort { $0.ms < $1.ms }
        var result: [Span] = []
        var present = 0
        var since: Int64?
        for edge in edges {
            present += edge.step
            if present >= concurrent, since == nil {
                since = edge.ms
            } else if present < concurrent, let start = since {
                // Empty where one comes as another goes: touching spans are not there together.
                if start < edge.ms { result.append(Span(uncheckedStartMs: start, endMs: edge.ms)) }
                since = nil
            }
        }
        return SpanSet(result)
    }

    /// INV-SCHED-04: as many people as the room holds, and no more.
    public static func capacityConflicts(participants: Int, facilitators: Int, capacity: Int) -> [Conflict] {
        let (people, overflow) = participants.addingReportingOverflow(facilitators)
        return overflow || people > capacity ? [Conflict(.capacity)] : []
    }
}
