import LMDBKit
import Schema
import SwiftProtobuf
import Timetable

/// Everybody's weekly hours, by (staff, position). Those of whom they were asked for last are kept as the timetable takes
/// them.
///
/// It is good for one write transaction, and for the thread that uses that.
struct HoursTable: @unchecked Sendable {
    // Unchecked: what is kept belongs to the thread of the transaction, as the transaction does.
    private final class Kept {
        var versions: [UInt64: [Site: [WeeklyHours]]] = [:]
    }

    private static let countMax = 1_024

    private let table: Table<Pair<UInt64, UInt64>, HoursState>
    private let kept = Kept()

    init(_ name: String, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        self.init(try Table(name, in: transaction))
    }

    private init(_ table: Table<Pair<UInt64, UInt64>, HoursState>) { self.table = table }

    var raw: RawTable { table.raw }

    /// The same table with nothing kept, for another transaction.
    func anew() -> Self { Self(table) }

    func forget() { kept.versions = [:] }

    func put(_ staff: UInt64, _ position: UInt64, _ hours: WeeklyHoursSet, in transaction: borrowing WriteTransaction)
        throws
    {
        kept.versions[staff] = nil
        let row = HoursState.with {
            $0.hours = hours
            $0.recorded = position
        }
        try table.put(Pair(staff, position), row, in: transaction)
    }

    /// Every version of somebody's week, by site, in order of recording.
    func versions(of staff: UInt64, in transaction: borrowing WriteTransaction) throws -> [Site: [WeeklyHours]] {
        if let versions = kept.versions[staff] { return versions }
        var versions: [Site: [WeeklyHours]] = [:]
        try table.scan(prefix: staff, in: transaction) { _, row in
            if let version = row.hours.timetable(recorded: row.recorded) {
                versions[Site(row.hours.hasLocation ? row.hours.location : nil), default: []].append(version)
            }
            return .next
        }
        if kept.versions.count >= Self.countMax { forget() }
        kept.versions[staff] = versions
        return versions
    }
}
