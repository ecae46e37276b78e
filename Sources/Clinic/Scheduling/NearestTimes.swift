import Schema
import Timetable

/// Free times near the one that was asked for, so that a refusal tells a person what to do next.
enum NearestTimes {
    private static let count = 5

    /// Wall clock at the place, in order of time; found by the very rules that refused.
    ///
    /// - `bookable`: the starts, in ms UTC, that may be booked at all.
    static func find(
        near wanted: Occupancy, by check: ConflictCheck, stepMinutes: Int, among bookable: ClosedRange<Int64>
    ) -> [String] {
        guard let wish = check.zone.local(ofMs: wanted.startMs), stepMinutes > 0 else { return [] }
        // The day's own steps, counted on the wall clock; the nearest first, of two the later.
        let minutes = stride(from: 0, to: 1_440, by: stepMinutes).sorted {
            (abs($0 - wish.minuteOfDay), -$0) < (abs($1 - wish.minuteOfDay), -$1)
        }
        var found: [LocalDateTime] = []
        for minute in minutes where found.count < count {
            guard let time = LocalTime(minutes: minute), let reading = LocalDateTime(wish.date, time) else { continue }
            let resolution = check.zone.resolve(reading)
            // A reading that the clock jumps over cannot be booked.
            if resolution.reading == .gapShifted { continue }
            let startMs = resolution.plannedMs
            guard bookable.contains(startMs), startMs != wanted.startMs,
                let span = Span(startMs: startMs, endMs: startMs + wanted.span.durationMs),
                check.isFree(wanted.moved(to: span))
            else { continue }
            found.append(reading)
        }
        return found.sorted().map(\.description)
    }
}
