import LMDBKit
import Schema
import Timetable

/// When somebody is open, from what the state knows.
extension ClinicState {
    /// Openings of a member of staff at a location, or online when it is nil. Until locations have hours of their own,
    /// they are always open.
    borrowing func openings(of staff: UInt64, at location: UInt64?, zone: Zone, around span: Span) throws -> Openings {
        Openings(
            zone: zone, weekly: HoursHistory(try weeklyHours(of: staff, at: location)),
            extra: try extraOpenings(of: staff, at: location, around: span),
            timeOff: try timeOff(of: staff, around: span))
    }

    /// Every version of somebody's week at a place, in order of recording.
    borrowing func weeklyHours(of staff: UInt64, at location: UInt64?) throws -> [WeeklyHours] {
        try tables.hours.versions(of: staff, in: transaction)[Site(location)] ?? []
    }

    private borrowing func extraOpenings(
        of staff: UInt64, at location: UInt64?, around span: Span
    ) throws -> [ExtraOpening] {
        var found: [ExtraOpening] = []
        let from = Pair(staff, Pair(span.startMs - 86_400_000, UInt64(0)))
        try tables.openings.scan(from: from, in: transaction) { key, row in
            guard key.first == staff else { return .stop }
            if (row.hasLocation ? row.location : nil) == location, let open = row.time.span {
                found.append(ExtraOpening(span: open, overridesClosure: row.overridesClosure))
            }
            return .next
        }
        return found
    }

    private borrowing func timeOff(of staff: UInt64, around span: Span) throws -> SpanSet {
        var spans: [Span] = []
        let from = Pair(staff, Pair(span.startMs - 86_400_000, UInt64(0)))
        try tables.approvedTimesOff.scan(from: from, in: transaction) { key, row in
            guard key.first == staff else { return .stop }
            if let off = try timeOff(row.id).requested.time.span { spans.append(off) }
            return .next
        }
        return SpanSet(spans)
    }
}
