import LMDBKit
import Schema
import Timetable

/// When one member of staff is open anywhere, read once for all places.
struct StaffOpenings {
    private var weekly: [UInt64?: [WeeklyHours]] = [:]
    private var extra: [UInt64?: [ExtraOpening]] = [:]
    private let timeOff: SpanSet

    /// Reads what bears on `span`. Only approved times off close anything.
    init(
        of staff: UInt64, during span: Span, from view: CalendarView, in transaction: borrowing ReadTransaction
    ) throws {
        var weekly: [UInt64?: [WeeklyHours]] = [:]
        try view.hours.scan(prefix: staff, in: transaction) { key, row in
            if let version = row.timetable(recorded: key.second) {
                weekly[row.hasLocation ? row.location : nil, default: []].append(version)
            }
            return .next
        }
        var extra: [UInt64?: [ExtraOpening]] = [:]
        let from = Pair(staff, Pair(span.startMs, UInt64(0)))
        try view.openings.scan(from: from, in: transaction) { key, row in
            guard key.first == staff else { return .stop }
            if let open = Span(startMs: row.time.startAt, endMs: row.time.endAt) {
                extra[row.hasLocation ? row.location : nil, default: []].append(
                    ExtraOpening(span: open, overridesClosure: row.overridesClosure))
            }
            return .next
        }
        var off: [Span] = []
        try view.timesOff.scan(from: from, in: transaction) { key, row in
            guard key.first == staff else { return .stop }
            if row.approved, let time = Span(startMs: row.startAt, endMs: row.endAt) { off.append(time) }
            return .next
        }
        self.weekly = weekly
        self.extra = extra
        timeOff = SpanSet(off)
    }

    /// Whether anything at all was ever opened at a location, or online when it is nil.
    func isPresent(at location: UInt64?) -> Bool { weekly[location] != nil || extra[location] != nil }

    /// Openings at a location, or online when it is nil. Locations have no hours of their own: they are always open.
    func openings(at location: UInt64?, zone: Zone) -> Openings {
        Openings(
            zone: zone, weekly: HoursHistory(weekly[location] ?? []), extra: extra[location] ?? [], timeOff: timeOff)
    }
}
