import Schema
import Timetable

extension PlannedTime {
    /// A planned time in full. Its length is elapsed minutes, whatever the wall clock does meanwhile.
    static func plan(
        _ start: LocalDateTime, minutes: Int, in zone: Zone, tzdata: String, field: String
    ) throws(Refusal) -> PlannedTime {
        let startMs = try Fields.instantMs(start, in: zone, field)
        return plan(startMs: startMs, local: start, endMs: startMs + Int64(minutes) * 60_000, in: zone, tzdata: tzdata)
    }

    /// A planned time between two wall clock readings.
    static func plan(
        from start: LocalDateTime, to end: LocalDateTime, in zone: Zone, tzdata: String
    ) throws(Refusal) -> PlannedTime {
        let startMs = try Fields.instantMs(start, in: zone, "start")
        let endMs = try Fields.instantMs(end, in: zone, "end")
        guard startMs < endMs else { throw .field("end", "`end` must be after `start`.") }
        return plan(startMs: startMs, local: start, endMs: endMs, in: zone, tzdata: tzdata)
    }

    private static func plan(
        startMs: Int64, local: LocalDateTime, endMs: Int64, in zone: Zone, tzdata: String
    ) -> PlannedTime {
        var time = PlannedTime()
        time.startLocal = local.description
        time.zone = zone.id
        time.startAt = startMs
        time.endAt = endMs
        time.offsetSeconds = Int32(zone.offsetSeconds(atMs: startMs))
        time.tzdata = tzdata
        time.dst = zone.resolve(local).reading == .overlapFirst ? .overlapFirst : .none
        return time
    }

    var span: Span? { Span(startMs: startAt, endMs: endAt) }
}
