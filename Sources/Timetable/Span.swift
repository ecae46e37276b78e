/// A half-open stretch of time `[startMs, endMs)` in ms UTC, never empty. Touching spans do not overlap (INV-SCHED-02).
public struct Span: Hashable, Sendable {
    public let startMs: Int64
    public let endMs: Int64

    /// Nil unless start < end and both lie in the years 0 to 10000.
    public init?(startMs: Int64, endMs: Int64) {
        guard startMs < endMs, Zone.instantsMs.contains(startMs), Zone.instantsMs.contains(endMs) else { return nil }
        self.startMs = startMs
        self.endMs = endMs
    }

    /// Nil unless 1 minute or more, and within the years 0 to 10000.
    public init?(startMs: Int64, minutes: Int) {
        guard minutes > 0, let milliseconds = Int64(exactly: minutes)?.multipliedReportingOverflow(by: 60_000),
            !milliseconds.overflow
        else { return nil }
        let (endMs, overflow) = startMs.addingReportingOverflow(milliseconds.partialValue)
        guard !overflow else { return nil }
        self.init(startMs: startMs, endMs: endMs)
    }

    /// For spans derived from others by bounded sums.
    init(uncheckedStartMs: Int64, endMs: Int64) {
        precondition(uncheckedStartMs < endMs, "a span is never empty")
        startMs = uncheckedStartMs
        self.endMs = endMs
    }

    public var durationMs: Int64 { endMs - startMs }

    public func overlaps(_ other: Span) -> Bool { startMs < other.endMs && other.startMs < endMs }

    public func contains(_ other: Span) -> Bool { startMs <= other.startMs && other.endMs <= endMs }

    public func contains(ms instantMs: Int64) -> Bool { startMs <= instantMs && instantMs < endMs }

    /// Nil when the two do not overlap.
    public func intersection(_ other: Span) -> Span? {
        guard overlaps(other) else { return nil }
        return Span(uncheckedStartMs: max(startMs, other.startMs), endMs: min(endMs, other.endMs))
    }
}

extension Span: Comparable {
    public static func < (left: Span, right: Span) -> Bool {
        (left.startMs, left.endMs) < (right.startMs, right.endMs)
    }
}
