import LMDBKit
import ProjectionKit
import Schema
import Timetable

extension DirectoryView {
    /// A client with their care team, private fields still sealed; nil when there is no such client.
    public func clientRow(
        _ id: UInt64, in transaction: borrowing some Transaction & ~Copyable
    ) throws -> ClientRow? {
        guard var row = try clients.get(id, in: transaction) else { return nil }
        for index in row.careTeam.indices {
            if let name = try staffName(row.careTeam[index].staff, in: transaction) {
                row.careTeam[index].staffName = name
            }
        }
        return row
    }

    func staffName(_ id: UInt64, in transaction: borrowing some Transaction & ~Copyable) throws -> String? {
        try staff.get(id, in: transaction)?.name
    }

    /// The date at the practice, nil before there is one.
    func today(_ nowMs: Int64, in transaction: borrowing some Transaction & ~Copyable) throws -> LocalDate? {
        guard let practice = try practice.get(0, in: transaction) else { return nil }
        return Zone(practice.zone)?.local(ofMs: nowMs)?.date
    }

    /// The price in force on a date, nil when no list names the service for it.
    func price(
        of service: UInt64, on date: LocalDate, in transaction: borrowing some Transaction & ~Copyable
    ) throws -> Money? {
        var found: Money?
        let dayAfter = Int64(date.daysSinceEpoch) + 1
        try prices.scanBackwards(before: Pair(service, Pair(dayAfter, UInt64(0))), in: transaction) { key, amount in
            if key.first == service { found = amount }
            return .stop
        }
        return found
    }
}
