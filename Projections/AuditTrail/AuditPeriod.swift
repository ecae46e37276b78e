import LMDBKit
import Schema
import SwiftProtobuf
import Timetable

/// A stretch of recorded time as a range of positions.
struct AuditPeriod {
    /// The first position inside.
    private(set) var first: UInt64 = 0
    /// The first position after it; `.max` when it is open.
    private(set) var end: UInt64 = .max

    var isEmpty: Bool { first >= end }

    /// - Throws: `Refusal` for what is no date or time, or when `to` is not after `from`.
    init(
        from: String?, to: String?, of view: AuditTrailView, in transaction: borrowing ReadTransaction
    ) throws {
        guard from != nil || to != nil else { return }
        let id = try view.zone.get(0, in: transaction)?.value
        guard let zone = id.flatMap({ Zone($0) }) ?? Zone("UTC") else { return }
        let fromMs = try from.map { try Self.instantMs($0, in: zone, field: "from") }
        let toMs = try to.map { try Self.instantMs($0, in: zone, field: "to") }
        if let fromMs, let toMs, fromMs >= toMs { throw Refusal.field("to", "`to` must be after `from`.") }
        if let fromMs { first = try Self.position(atMs: fromMs, of: view, in: transaction) }
        if let toMs { end = try Self.position(atMs: toMs, of: view, in: transaction) }
    }

    /// Keeps what comes after a position.
    mutating func begin(after position: UInt64) { first = max(first, position == .max ? .max : position + 1) }

    /// Keeps what comes before a position.
    mutating func finish(before position: UInt64) { end = min(end, position) }

    /// A date means its first instant.
    private static func instantMs(_ text: String, in zone: Zone, field: String) throws(Refusal) -> Int64 {
        if let date = LocalDate(iso: text) { return zone.startOfDayMs(date) }
        if let dateTime = LocalDateTime(iso: text) { return zone.resolve(dateTime).plannedMs }
        throw .field(field, "`\(field)` must be a date like 2026-12-01, or a date and time like 2026-12-01T14:00.")
    }

    /// The first record at or after an instant; `.max` when there is none.
    private static func position(
        atMs instantMs: Int64, of view: AuditTrailView, in transaction: borrowing ReadTransaction
    ) throws -> UInt64 {
        var found = UInt64.max
        try view.byTime.scan(from: instantMs, in: transaction) { _, position in
            found = position.value
            return .stop
        }
        return found
    }
}
