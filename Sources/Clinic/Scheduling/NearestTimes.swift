import Schema
import Timetable

/// Free times near the one that was asked for, so that a refusal tells a person what to do next.
enum NearestTimes {
    private static let count = 5

    /// Wall clock at the place, in order of time; found by the very rules that refused.
    static func find(
        near wanted: Occupancy, by check: ConflictCheck, at venue: Venue, stepMinutes: Int
    ) -> [String] {
        guard let local = venue.zone.local(ofMs: wanted.startMs), stepMinutes > 0 else { return [] }
        let midnightMs = venue.zone.startOfDayMs(local.date)
        let stepMs = Int64(stepMinutes) * 60_000
        let offset = (wanted.startMs - midnightMs) / stepMs
        var found: [Int64] = []
        // Outwards from the wish, until the day's ends: the nearest come first.
        for distance in 0..<(86_400_000 / stepMs) where found.count < count {
            for step in distance == 0 ? [offset] : [offset + distance, offset - distance] {
                let startMs = midnightMs + step * stepMs
                guard step >= 0, startMs < midnightMs + 86_400_000, startMs > check.nowMs,
                    let span = Span(startMs: startMs, endMs: startMs + wanted.span.durationMs)
                else { continue }
                if check.isFree(wanted.moved(to: span), needsRoom: venue.needsRoom) { found.append(startMs) }
            }
        }
        return found.prefix(count).sorted().compactMap { venue.zone.local(ofMs: $0)?.description }
    }
}
