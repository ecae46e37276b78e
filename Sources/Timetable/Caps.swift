/// How much a therapist works (INV-SCHED-21). Nil where no limit is set.
public struct Caps: Hashable, Sendable {
    public var maxSessionsPerDay: Int?
    /// Weeks begin on Monday.
    public var maxSessionsPerWeek: Int?
    /// The longest time, first start to last end, without a break of `minBreakMinutes`.
    public var maxConsecutiveMinutes: Int?
    /// A shorter pause is no break.
    public var minBreakMinutes: Int

    public init(
        maxSessionsPerDay: Int? = nil, maxSessionsPerWeek: Int? = nil, maxConsecutiveMinutes: Int? = nil,
        minBreakMinutes: Int = 1
    ) {
        self.maxSessionsPerDay = maxSessionsPerDay
        self.maxSessionsPerWeek = maxSessionsPerWeek
        self.maxConsecutiveMinutes = maxConsecutiveMinutes
        self.minBreakMinutes = Occupancy.bounded(minBreakMinutes)
    }

    public var isUnlimited: Bool {
        maxSessionsPerDay == nil && maxSessionsPerWeek == nil && maxConsecutiveMinutes == nil
    }
}

/// One therapist's sessions, counted once so that many wishes can be asked against them.
///
/// It must hold the sessions of the whole weeks that are asked about, and a day on either side.
public struct CapLedger: Sendable {
    private let caps: Caps
    private let zone: Zone
    private var perDay: [Int: Int] = [:]
    private var perWeek: [Int: Int] = [:]
    /// Stretches of work without a break, sorted.
    private var runs: [Span] = []

    /// `zone` says which day a session counts to, by its start. Leaves out staff events, lapsed holds, and the
    /// appointment that is wanted anew.
    public init(
        _ caps: Caps, zone: Zone, sessions: some Sequence<Occupancy>, nowMs: Int64, except appointment: UInt64? = nil
    ) {
        self.caps = caps
        self.zone = zone
        guard !caps.isUnlimited else { return }
        var spans: [Span] = []
        for session in sessions where !session.flags.contains(.staffEvent) && session.occupies(atMs: nowMs) {
            guard appointment == nil || session.appointment != appointment else { continue }
            spans.append(session.span)
            guard let day = zone.local(ofMs: session.startMs)?.date else { continue }
            perDay[day.daysSinceEpoch, default: 0] += 1
            perWeek[day.weekStartDaysSinceEpoch, default: 0] += 1
        }
        runs = Self.runs(spans, breakMs: Int64(caps.minBreakMinutes) * 60_000)
    }

    /// At most one conflict, of class cap.
    public func conflicts(of wanted: Occupancy) -> [Conflict] {
        !wanted.flags.contains(.staffEvent) && exceeds(wanted.span) ? [Conflict(.cap)] : []
    }

    func exceeds(_ span: Span) -> Bool {
        guard !caps.isUnlimited, let day = zone.local(ofMs: span.startMs)?.date else { return false }
        if let most = caps.maxSessionsPerDay, perDay[day.daysSinceEpoch, default: 0] >= most { return true }
        if let most = caps.maxSessionsPerWeek, perWeek[day.weekStartDaysSinceEpoch, default: 0] >= most { return true }
        guard let most = caps.maxConsecutiveMinutes else { return false }
        return consecutiveMs(with: span) > Int64(clamping: most).multipliedClamped(by: 60_000)
    }

    /// The length of the run that `span` would be part of. Runs lie further apart than a break, so joining is one pass.
    private func consecutiveMs(with span: Span) -> Int64 {
        let breakMs = Int64(caps.minBreakMinutes) * 60_000
        var startMs = span.startMs
        var endMs = span.endMs
        var index = runs.firstIndex(endingAfter: span.startMs - max(breakMs, 1))
        while index < runs.count, runs[index].startMs - span.endMs < max(breakMs, 1) {
            startMs = min(startMs, runs[index].startMs)
            endMs = max(endMs, runs[index].endMs)
            index += 1
        }
        return endMs - startMs
    }

    private static func runs(_ spans: [Span], breakMs: Int64) -> [Span] {
        var runs: [Span] = []
        for span in spans.sorted() {
            if let last = runs.last, span.startMs - last.endMs < max(breakMs, 1) {
                runs[runs.count - 1] = Span(uncheckedStartMs: last.startMs, endMs: max(last.endMs, span.endMs))
            } else {
                runs.append(span)
            }
        }
        return runs
    }
}

extension Int64 {
    func multipliedClamped(by factor: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? (self < 0) == (factor < 0) ? .max : .min : product
    }
}
