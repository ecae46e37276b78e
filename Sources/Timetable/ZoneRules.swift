import Foundation
import Synchronization

/// The offsets of one zone: a table for the years a clinic lives in, Foundation itself for the far future.
final class ZoneRules: Sendable {
    let id: String
    private let timeZone: TimeZone
    private let table: OffsetTable

    /// 2100-01-01T00:00Z. Zones with a yearly rule have transitions without end; a table until here has some 300.
    private static let tableEndSeconds: Int64 = 4_102_444_800
    /// More than the reach of a look-up on either side of an instant.
    private static let marginSeconds: Int64 = 3 * 86_400

    private init(id: String, timeZone: TimeZone) {
        self.id = id
        self.timeZone = timeZone
        table = Self.table(of: timeZone, from: Int64(CivilCalendar.firstDay - 366) * 86_400, to: Self.tableEndSeconds)
    }

    func offset(atSeconds seconds: Int64) -> Int64 {
        if seconds < Self.tableEndSeconds { return table.offset(atSeconds: seconds) }
        return Self.offset(of: timeZone, atSeconds: seconds)
    }

    func resolve(wallSeconds wall: Int64) -> WallResolution {
        if wall < Self.tableEndSeconds - Self.marginSeconds { return table.resolve(wallSeconds: wall) }
        return Self.table(of: timeZone, from: wall - Self.marginSeconds, to: wall + Self.marginSeconds)
            .resolve(wallSeconds: wall)
    }

    private static func table(of timeZone: TimeZone, from start: Int64, to end: Int64) -> OffsetTable {
        var table = OffsetTable(firstOffset: offset(of: timeZone, atSeconds: start))
        var cursor = start
        while let next = timeZone.nextDaylightSavingTimeTransition(after: date(cursor)) {
            let seconds = Int64(next.timeIntervalSince1970.rounded())
            guard seconds > cursor, seconds < end else { break }
            table.append(startSeconds: seconds, offset: offset(of: timeZone, atSeconds: seconds))
            cursor = seconds
        }
        return table
    }

    private static func offset(of timeZone: TimeZone, atSeconds seconds: Int64) -> Int64 {
        Int64(timeZone.secondsFromGMT(for: date(seconds)))
    }

    private static func date(_ seconds: Int64) -> Date { Date(timeIntervalSince1970: Double(seconds)) }

    // A table takes some 300 µs to make and never changes while the process lives, so each is made once.
    private static let cache = Mutex<[String: ZoneRules]>([:])
    private static let knownIds = Set(TimeZone.knownTimeZoneIdentifiers).union(["UTC"])

    /// Nil for ids that are not in the zone database; abbreviations and offsets are no zones.
    static func named(_ id: String) -> ZoneRules? {
        if let known = cache.withLock({ $0[id] }) { return known }
        guard isPlausible(id), let timeZone = TimeZone(identifier: id) else { return nil }
        let made = ZoneRules(id: id, timeZone: timeZone)
        return cache.withLock { cache in
            if let earlier = cache[id] { return earlier }
            cache[id] = made
            return made
        }
    }

    /// Foundation's list leaves out ids it holds for other names of a listed one, `Asia/Kolkata` among them. With a
    /// region before a slash Foundation is exact; without one it would also make zones of `EST` and `GMT+2`.
    private static func isPlausible(_ id: String) -> Bool {
        // The longest id of the database has 32 bytes.
        if knownIds.contains(id) { return true }
        guard id.utf8.count <= 64, id.utf8.contains(UInt8(ascii: "/")) else { return false }
        return id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "/_+-".utf8.contains(byte)
            }
        }
    }

    static var listedIds: [String] { knownIds.sorted() }
}
