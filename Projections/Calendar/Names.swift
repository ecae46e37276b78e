import LMDBKit
import Schema
import SwiftProtobuf

/// Names by id, each read once for one answer.
struct Names {
    private let view: CalendarView
    private var staff: [UInt64: StaffAdded] = [:]
    private var clients: [UInt64: CalendarClient] = [:]
    private var services: [UInt64: ServiceDefined] = [:]
    private var locations: [UInt64: LocationAdded] = [:]
    private var rooms: [UInt64: RoomAdded] = [:]

    init(_ view: CalendarView) { self.view = view }

    /// Adds the names, the client's sealed, and the wall clock of the end.
    mutating func complete(_ row: inout AppointmentRow, in transaction: borrowing ReadTransaction) throws {
        if let client = try Self.look(row.client, in: view.clients, &clients, transaction) {
            row.clientNumber = client.number
            if client.hasGivenName { row.clientGivenName = Private(client.givenName) }
            if client.hasFamilyName { row.clientFamilyName = Private(client.familyName) }
        }
        if let name = try staffName(row.staff, in: transaction) { row.staffName = name }
        if let service = try Self.look(row.service, in: view.services, &services, transaction) {
            row.serviceName = service.name
        }
        if row.hasLocation, let name = try locationName(row.location, in: transaction) { row.locationName = name }
        if row.hasRoom, let name = try roomName(row.room, in: transaction) { row.roomName = name }
        if let end = WallClock.end(zone: row.zone, start: row.start, startAtMs: row.startAt, endAtMs: row.endAt) {
            row.end = end
        }
    }

    mutating func staffName(_ id: UInt64, in transaction: borrowing ReadTransaction) throws -> String? {
        try Self.look(id, in: view.staff, &staff, transaction)?.name
    }

    mutating func locationName(_ id: UInt64, in transaction: borrowing ReadTransaction) throws -> String? {
        try Self.look(id, in: view.locations, &locations, transaction)?.name
    }

    mutating func roomName(_ id: UInt64, in transaction: borrowing ReadTransaction) throws -> String? {
        try Self.look(id, in: view.rooms, &rooms, transaction)?.name
    }

    private static func look<Row>(
        _ id: UInt64, in table: Table<UInt64, Row>, _ known: inout [UInt64: Row],
        _ transaction: borrowing ReadTransaction
    ) throws -> Row? {
        if let row = known[id] { return row }
        let row = try table.get(id, in: transaction)
        known[id] = row
        return row
    }
}
