/// INV-SCHED-05: one client is in one place at a time. No buffers; whoever the therapist is.
public struct ClientRule {
    let nowMs: Int64

    public init(nowMs: Int64) { self.nowMs = nowMs }

    /// The client's appointments that `wanted` overlaps, sorted. One conjoint or group appointment is one appointment.
    public func conflicts(of wanted: Occupancy, with others: some Sequence<Occupancy>) -> [Conflict] {
        others.filter { wanted.contends(with: $0, nowMs: nowMs) && wanted.span.overlaps($0.span) }
            .map { Conflict(.clientOverlap, with: $0.appointment) }
            .sorted()
    }

    /// The client's appointments at another location that leave less time than the way takes. A warning, no conflict.
    public func shortTravel(
        of wanted: Occupancy, with others: some Sequence<Occupancy>, minutes: TravelMinutes
    ) -> [UInt64] {
        others.filter { other in
            guard wanted.contends(with: other, nowMs: nowMs), !wanted.span.overlaps(other.span) else { return false }
            let (first, second) = wanted.startMs < other.startMs ? (wanted, other) : (other, wanted)
            guard case .location(let from) = first.place, case .location(let to) = second.place, from != to
            else { return false }
            return second.startMs - first.endMs < Int64(Occupancy.bounded(minutes(from, to))) * 60_000
        }
        .compactMap(\.appointment).sorted()
    }

    /// Whether this overlap may be overridden at all: one of the two must be supportive.
    public static func mayOverlap(_ one: Occupancy, _ other: Occupancy) -> Bool {
        one.flags.union(other.flags).contains(.supportive)
    }
}
