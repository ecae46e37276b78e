import LMDBKit
import Schema
import Timetable

/// What was founded, by id; each refuses an unknown id by naming the field.
extension CalendarView {
    func requirePractice(in transaction: borrowing ReadTransaction) throws -> PracticeInitialised {
        guard let found = try practice.get(0, in: transaction) else {
            throw Refusal(
                .problem("no-practice"), status: 409, title: "There is no practice yet",
                detail: "Begin one first: daybook init")
        }
        return found
    }

    /// The zone in which bare dates are meant.
    func practiceZone(in transaction: borrowing ReadTransaction) throws -> Zone {
        try Self.zone(try requirePractice(in: transaction).zone)
    }

    static func zone(_ id: String) throws(Refusal) -> Zone {
        guard let zone = Zone(id) else {
            throw Refusal(
                .problem("unknown-zone"), status: 500, title: "Unknown time zone",
                detail: "This program's time zone data has no zone \(id).")
        }
        return zone
    }

    func requireStaff(_ id: UInt64, field: String, in transaction: borrowing ReadTransaction) throws {
        if try !staff.contains(id, in: transaction) { throw Refusal.missing("member of staff", id, field: field) }
    }

    func requireRoom(_ id: UInt64, in transaction: borrowing ReadTransaction) throws {
        if try !rooms.contains(id, in: transaction) { throw Refusal.missing("room", id, field: "room") }
    }

    func location(_ id: UInt64, field: String, in transaction: borrowing ReadTransaction) throws -> LocationAdded {
        guard let found = try locations.get(id, in: transaction) else {
            throw Refusal.missing("location", id, field: field)
        }
        return found
    }

    func client(_ id: UInt64, in transaction: borrowing ReadTransaction) throws -> CalendarClient {
        guard let found = try clients.get(id, in: transaction) else {
            throw Refusal.missing("client", id, field: "client")
        }
        return found
    }

    func service(_ id: UInt64, in transaction: borrowing ReadTransaction) throws -> ServiceDefined {
        guard let found = try services.get(id, in: transaction) else {
            throw Refusal.missing("service", id, field: "service")
        }
        return found
    }

    /// All entries of one calendar that overlap the span, by start and then by appointment.
    func entries(
        of owner: CalendarOwner, overlapping span: Span, in transaction: borrowing ReadTransaction
    ) throws -> [(startMs: Int64, appointment: UInt64, entry: CalendarEntry)] {
        let longestMs = try reach.get(0, in: transaction)?.longestMs ?? 0
        let from = max(span.startMs - min(longestMs, Self.reachLimitMs), Zone.instantsMs.lowerBound)
        var found: [(startMs: Int64, appointment: UInt64, entry: CalendarEntry)] = []
        try entries.scan(from: EntryKey(owner, Pair(from, 0)), in: transaction) { key, entry in
            guard key.first == owner, key.second.first < span.endMs else { return .stop }
            if entry.endAt > span.startMs { found.append((key.second.first, key.second.second, entry)) }
            return .next
        }
        return found
    }

    /// A year: so far back is looked whatever an appointment says of its length, and so no sum overflows.
    private static let reachLimitMs: Int64 = 366 * 86_400_000
}
