import Schema
import Timetable

enum WallClock {
    /// The wall clock at the end of a planned time, `YYYY-MM-DDTHH:MM`, in its own zone.
    ///
    /// Where the zone is not known here any more, as if no clock had changed meanwhile. Nil outside the years 1 to 9999.
    static func end(zone: String, start: String, startAtMs: Int64, endAtMs: Int64) -> String? {
        if let zone = Zone(zone) { return zone.local(ofMs: endAtMs)?.description }
        let (lengthMs, overflow) = endAtMs.subtractingReportingOverflow(startAtMs)
        return overflow
            ? nil : LocalDateTime(iso: start)?.adding(wallMinutes: lengthMs / 60_000)?.description
    }
}
