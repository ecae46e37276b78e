extension SpanSet {
    /// What is in either.
    public func union(_ other: SpanSet) -> SpanSet {
        if spans.isEmpty { return other }
        if other.spans.isEmpty { return self }
        return SpanSet(spans + other.spans)
    }

    /// What is in both.
    public func intersection(_ other: SpanSet) -> SpanSet {
        var result: [Span] = []
        var left = 0
        var right = 0
        while left < spans.count, right < other.spans.count {
            if let shared = spans[left].intersection(other.spans[right]) { result.append(shared) }
            if spans[left].endMs < other.spans[right].endMs { left += 1 } else { right += 1 }
        }
        return SpanSet(result)
    }

    /// What is here and not in `other`.
    public func subtracting(_ other: SpanSet) -> SpanSet {
        guard !other.spans.isEmpty else { return self }
        var result: [Span] = []
        var index = 0
        for span in spans {
            var start = span.startMs
            while index < other.spans.count, other.spans[index].endMs <= start { index += 1 }
            var reach = index
            while reach < other.spans.count, other.spans[reach].startMs < span.endMs {
                let taken = other.spans[reach]
                if taken.startMs > start { result.append(Span(uncheckedStartMs: start, endMs: taken.startMs)) }
                start = taken.endMs
                reach += 1
            }
            if start < span.endMs { result.append(Span(uncheckedStartMs: start, endMs: span.endMs)) }
        }
        return SpanSet(result)
    }

    /// What lies within `bounds`.
    public func clipped(to bounds: Span) -> SpanSet { intersection(SpanSet([bounds])) }

    /// The starts at which `durationMs` fits inside one stretch, as a set of instants.
    public func starts(ofDurationMs durationMs: Int64) -> SpanSet {
        SpanSet(
            spans.compactMap { span in
                // The last start leaves exactly the duration; its own millisecond makes the half-open end.
                let endMs = span.endMs - durationMs + 1
                return endMs > span.startMs ? Span(uncheckedStartMs: span.startMs, endMs: endMs) : nil
            })
    }

    /// The starts at which a stretch of `durationMs` would overlap the set.
    public func startsOverlapping(durationMs: Int64) -> SpanSet {
        SpanSet(spans.map { Span(uncheckedStartMs: $0.startMs - durationMs + 1, endMs: $0.endMs) })
    }
}
