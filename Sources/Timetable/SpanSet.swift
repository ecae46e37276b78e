/// A set of instants as sorted spans that neither overlap nor touch; each is a maximal stretch of the set.
public struct SpanSet: Hashable, Sendable {
    public private(set) var spans: [Span]

    public init() { spans = [] }

    /// The union of `spans`, in any order.
    public init(_ spans: some Sequence<Span>) {
        self.init(sorted: spans.sorted { $0.startMs < $1.startMs })
    }

    /// Joins spans sorted by start.
    private init(sorted: [Span]) {
        spans = []
        spans.reserveCapacity(sorted.count)
        for span in sorted {
            if let last = spans.last, span.startMs <= last.endMs {
                guard span.endMs > last.endMs else { continue }
                spans[spans.count - 1] = Span(uncheckedStartMs: last.startMs, endMs: span.endMs)
            } else {
                spans.append(span)
            }
        }
    }

    public var isEmpty: Bool { spans.isEmpty }

    public var durationMs: Int64 { spans.reduce(0) { $0 + $1.durationMs } }

    /// Whether one maximal stretch holds the whole of `span`.
    public func contains(_ span: Span) -> Bool {
        guard let candidate = first(endingAfter: span.startMs) else { return false }
        return candidate.contains(span)
    }

    public func contains(ms instantMs: Int64) -> Bool {
        first(endingAfter: instantMs)?.contains(ms: instantMs) ?? false
    }

    public func overlaps(_ span: Span) -> Bool {
        guard let candidate = first(endingAfter: span.startMs) else { return false }
        return candidate.startMs < span.endMs
    }

    private func first(endingAfter instantMs: Int64) -> Span? {
        let index = spans.firstIndex(endingAfter: instantMs)
        return index < spans.count ? spans[index] : nil
    }
}

extension [Span] {
    /// The index of the first span that ends after the instant, in spans whose ends ascend; `count` when there is none.
    func firstIndex(endingAfter instantMs: Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].endMs > instantMs { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
