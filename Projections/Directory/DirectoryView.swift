import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

/// Staff, places, services, clients, and who may come in: as they stand after the last record.
public struct DirectoryView: Projector {
    public static let name = "directory"
    public static let version: UInt64 = 2

    /// Service, date in force from (days since 1970-01-01), position of the list: the last at or before a date holds.
    typealias PriceKey = Pair<UInt64, Pair<Int64, UInt64>>
    /// Length, then text, so that C-1000000 comes after C-999999.
    typealias NumberKey = Pair<UInt8, String>

    /// One row, at 0.
    let practice: Table<UInt64, PracticeInitialised>
    let staff: Table<UInt64, StaffRow>
    let locations: Table<UInt64, LocationRow>
    let rooms: Table<UInt64, RoomRow>
    let services: Table<UInt64, ServiceRow>
    let prices: Table<PriceKey, Money>
    let clients: Table<UInt64, ClientRow>
    /// The client who has a number.
    let numbers: Table<NumberKey, Google_Protobuf_UInt64Value>
    let access: Table<UInt64, AccessRow>
    /// The last link of a Unix user.
    let linkOfUID: Table<UInt64, Google_Protobuf_UInt64Value>
    let offerOfUID: Table<UInt64, Google_Protobuf_UInt64Value>

    public init(_ tables: borrowing TableOpener) throws {
        practice = try tables.table("practice")
        staff = try tables.table("staff")
        locations = try tables.table("locations")
        rooms = try tables.table("rooms")
        services = try tables.table("services")
        prices = try tables.table("prices")
        clients = try tables.table("clients")
        numbers = try tables.table("numbers")
        access = try tables.table("access")
        linkOfUID = try tables.table("link-of-uid")
        offerOfUID = try tables.table("offer-of-uid")
    }

    public func project(_ recorded: Recorded, into view: ViewWriter) throws {
        switch recorded.event {
        case .practice(let event): try fold(event, view)
        case .staff(let event): try fold(event, recorded, view)
        case .places(let event): try fold(event, recorded, view)
        case .clients(let event): try fold(event, recorded, view)
        case .availability(let event): try fold(event, recorded, view)
        case .access(let event): try fold(event, recorded, view)
        case .interchange(let event): try fold(event, view)
        case .scheduling, .charting, .billing: break
        }
    }

    private func fold(_ event: PracticeEvent, _ view: ViewWriter) throws {
        switch event {
        case .practiceInitialised(let event): try view.put(practice, 0, event)
        case .clockAccepted, .practiceProfileUpdated, .cancellationPolicyPublished: break
        }
    }

    private func fold(_ event: InterchangeEvent, _ view: ViewWriter) throws {
        switch event {
        case .importUndone(let event): for id in event.clients { try withdraw(id, view) }
        case .importApplied: break
        }
    }

    static func numberKey(_ number: String) -> NumberKey {
        NumberKey(UInt8(clamping: number.utf8.count), number)
    }
}
