import Testing
import Timetable

@Suite struct SpanSetTests {
    @Test func `touching spans do not overlap`() throws {
        let morning = try span("2026-03-02T09:00", "2026-03-02T10:00")
        let next = try span("2026-03-02T10:00", "2026-03-02T11:00")
        #expect(!morning.overlaps(next))
        #expect(!next.overlaps(morning))
        #expect(morning.intersection(next) == nil)
        #expect(!morning.contains(ms: morning.endMs))
        #expect(SpanSet([next, morning]).spans == [try span("2026-03-02T09:00", "2026-03-02T11:00")])
    }

    @Test(arguments: [
        (Int64(5), Int64(5)), (6, 5), (.min, .max), (.min, 0), (0, .max), (.max, .min),
    ])
    func `a span that is empty or out of the calendar is none`(edges: (Int64, Int64)) {
        #expect(Span(startMs: edges.0, endMs: edges.1) == nil)
    }

    @Test func `lengths in minutes neither overflow nor vanish`() {
        #expect(Span(startMs: 0, minutes: 50)?.durationMs == 3_000_000)
        #expect(Span(startMs: 0, minutes: 0) == nil)
        #expect(Span(startMs: 0, minutes: -1) == nil)
        #expect(Span(startMs: 0, minutes: .max) == nil)
        #expect(Span(startMs: .max, minutes: 1) == nil)
    }

    @Test func `sets of spans behave as sets of instants`() throws {
        var random = SeededGenerator()
        for _ in 0..<2_000 {
            let left = try set(&random)
            let right = try set(&random)
            let shown = "\(left.spans) \(right.spans) seed \(random.seed)"
            #expect(bits(left.union(right)) == bits(left).union(bits(right)), "\(shown)")
            #expect(bits(left.intersection(right)) == bits(left).intersection(bits(right)), "\(shown)")
            #expect(bits(left.subtracting(right)) == bits(left).subtracting(bits(right)), "\(shown)")
            for result in [left.union(right), left.intersection(right), left.subtracting(right)] {
                let apart = zip(result.spans, result.spans.dropFirst()).allSatisfy { $0.endMs < $1.startMs }
                #expect(apart, "\(shown)")
            }
            let probe = try randomSpan(&random)
            let wanted = Set(probe.startMs..<probe.endMs)
            #expect(left.contains(probe) == wanted.isSubset(of: bits(left)), "\(shown) \(probe)")
            #expect(left.overlaps(probe) == !wanted.isDisjoint(with: bits(left)), "\(shown) \(probe)")
            #expect(left.contains(ms: probe.startMs) == bits(left).contains(probe.startMs), "\(shown) \(probe)")
            #expect(bits(left.clipped(to: probe)) == bits(left).intersection(wanted), "\(shown) \(probe)")
            #expect(left.durationMs == Int64(bits(left).count))
        }
    }

    private func randomSpan(_ random: inout SeededGenerator) throws -> Span {
        let start = Int64.random(in: 0..<60, using: &random)
        return try #require(Span(startMs: start, endMs: start + .random(in: 1...12, using: &random)))
    }

    private func set(_ random: inout SeededGenerator) throws -> SpanSet {
        var spans: [Span] = []
        for _ in 0..<Int.random(in: 0...8, using: &random) { spans.append(try randomSpan(&random)) }
        return SpanSet(spans)
    }

    private func bits(_ set: SpanSet) -> Set<Int64> { Set(set.spans.flatMap { $0.startMs..<$0.endMs }) }
}
