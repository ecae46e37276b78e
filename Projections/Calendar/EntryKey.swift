import LMDBKit
import Schema

/// (whose calendar: kind and id), then start in milliseconds, then the appointment.
typealias EntryKey = Pair<CalendarOwner, Pair<Int64, UInt64>>

/// Whose calendar an entry is on.
struct CalendarOwner: TableKey {
    private enum Kind: UInt8 {
        case practice = 1
        case staff = 2
        case room = 3
        case location = 4
        case client = 5
    }

    private let key: Pair<UInt8, UInt64>

    private init(_ kind: Kind, _ id: UInt64) { key = Pair(kind.rawValue, id) }
    private init(key: Pair<UInt8, UInt64>) { self.key = key }

    /// Every appointment.
    static let practice = CalendarOwner(.practice, 0)
    static func staff(_ id: UInt64) -> CalendarOwner { CalendarOwner(.staff, id) }
    static func room(_ id: UInt64) -> CalendarOwner { CalendarOwner(.room, id) }
    static func location(_ id: UInt64) -> CalendarOwner { CalendarOwner(.location, id) }
    static func client(_ id: UInt64) -> CalendarOwner { CalendarOwner(.client, id) }

    func append(to bytes: inout [UInt8]) { key.append(to: &bytes) }

    static func take(from bytes: inout UnsafeRawBufferPointer) -> CalendarOwner? {
        Pair<UInt8, UInt64>.take(from: &bytes).map(CalendarOwner.init(key:))
    }
}

extension AppointmentRow {
    /// Where its entries are.
    var entryKeys: [EntryKey] {
        var owners = [CalendarOwner.practice, .staff(staff), .client(client)]
        if hasRoom { owners.append(.room(room)) }
        if hasLocation { owners.append(.location(location)) }
        return owners.map { EntryKey($0, Pair(startAt, id)) }
    }
}
