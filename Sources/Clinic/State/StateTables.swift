import LMDBKit
import Schema

extension ID: TableKey {
    public func append(to bytes: inout [UInt8]) { position.append(to: &bytes) }
    public static func take(from bytes: inout UnsafeRawBufferPointer) -> ID? {
        UInt64.take(from: &bytes).map { ID($0) }
    }
}

/// What kind of calendar an occupancy is on.
public enum Resource: UInt8, Sendable {
    case therapist = 1
    case client = 2
    case room = 3
}

/// (resource kind, its id), then start in milliseconds, then the appointment.
public typealias OccupancyKey = Pair<Pair<UInt8, UInt64>, Pair<Int64, UInt64>>

/// The tables of the state. Derived from the log; `version` rises when any of them means something else.
public struct StateTables: Sendable {
    public static let version: UInt64 = 6
    /// What an environment must have room for.
    public static let countMax: UInt32 = 96

    /// One row, at 0.
    private(set) var practice: RememberedTable<UInt64, PracticeState>
    /// `position` → how far the state has come; `version`.
    let marks: Table<String, IdState>
    let things: Table<UInt64, ThingState>
    /// (actor, command id in two halves).
    let commands: Table<Pair<UInt64, Pair<UInt64, UInt64>>, CommandState>
    let keys: Table<Pair<UInt64, UInt64>, KeyState>
    let usedKeys: Table<[UInt8], KeyState>
    private(set) var staff: RememberedTable<UInt64, StaffState>
    let staffEmails: Table<String, IdState>
    let links: Table<UInt64, LinkState>
    let tokens: Table<UInt64, TokenState>
    let tokenHashes: Table<[UInt8], IdState>
    private(set) var locations: RememberedTable<UInt64, LocationAdded>
    private(set) var rooms: RememberedTable<UInt64, RoomAdded>
    /// (location, room).
    let roomsOfLocation: Table<Pair<UInt64, UInt64>, IdState>
    private(set) var services: RememberedTable<UInt64, ServiceDefined>
    let serviceCodes: Table<String, IdState>
    /// (service, effective from as days since 1970, position of the list).
    let prices: Table<Pair<UInt64, Pair<Int64, UInt64>>, PriceState>
    private(set) var clients: RememberedTable<UInt64, ClientState>
    let teams: Table<UInt64, CareTeamState>
    private(set) var hours: HoursTable
    /// (staff, end in ms, position).
    let openings: Table<Pair<UInt64, Pair<Int64, UInt64>>, ExtraOpeningAdded>
    let timesOff: Table<UInt64, TimeOffState>
    /// (staff, end in ms, position) of those approved.
    let approvedTimesOff: Table<Pair<UInt64, Pair<Int64, UInt64>>, IdState>
    let appointments: Table<UInt64, AppointmentState>
    let occupancy: Table<OccupancyKey, OccupancyState>
    /// `source name \0 client or appointment \0 reference` → what was founded for it.
    let sources: Table<String, IdState>
    let imports: Table<UInt64, ImportState>
    /// Source name → the last import under it.
    let latestImports: Table<String, IdState>
    let billing: BillingTables
    let charting: ChartingTables

    init(in transaction: borrowing WriteTransaction) throws(LMDBError) {
        practice = try RememberedTable("practice", in: transaction)
        marks = try Table("marks", in: transaction)
        things = try Table("things", in: transaction)
        commands = try Table("commands", in: transaction)
        keys = try Table("keys", decodedMax: 8_192, areWritersServed: true, in: transaction)
        usedKeys = try Table("used-keys", in: transaction)
        staff = try RememberedTable("staff", in: transaction)
        staffEmails = try Table("staff-emails", in: transaction)
        links = try Table("links", in: transaction)
        tokens = try Table("tokens", in: transaction)
        tokenHashes = try Table("token-hashes", in: transaction)
        locations = try RememberedTable("locations", in: transaction)
        rooms = try RememberedTable("rooms", in: transaction)
        roomsOfLocation = try Table("rooms-of-location", decodedMax: 1_024, areWritersServed: true, in: transaction)
        services = try RememberedTable("services", in: transaction)
        serviceCodes = try Table("service-codes", in: transaction)
        prices = try Table("prices", decodedMax: 1_024, areWritersServed: true, in: transaction)
        clients = try RememberedTable("clients", in: transaction)
        teams = try Table("teams", decodedMax: 4_096, areWritersServed: true, in: transaction)
        hours = try HoursTable("hours", in: transaction)
        openings = try Table("openings", decodedMax: 1_024, areWritersServed: true, in: transaction)
        timesOff = try Table("times-off", decodedMax: 1_024, areWritersServed: true, in: transaction)
        approvedTimesOff = try Table("approved-times-off", decodedMax: 1_024, areWritersServed: true, in: transaction)
        appointments = try Table("appointments", in: transaction)
        occupancy = try Table("occupancy", decodedMax: 32_768, areWritersServed: true, in: transaction)
        sources = try Table("sources", in: transaction)
        imports = try Table("imports", in: transaction)
        latestImports = try Table("latest-imports", in: transaction)
        billing = try BillingTables(in: transaction)
        charting = try ChartingTables(in: transaction)
    }

    /// The same tables for another transaction: nothing that was read or written in this one is kept.
    func anew() -> Self {
        var tables = self
        tables.practice = practice.anew()
        tables.staff = staff.anew()
        tables.locations = locations.anew()
        tables.rooms = rooms.anew()
        tables.services = services.anew()
        tables.clients = clients.anew()
        tables.hours = hours.anew()
        return tables
    }

    /// Reads everything from the tables again.
    func forget() {
        practice.forget()
        staff.forget()
        locations.forget()
        rooms.forget()
        services.forget()
        clients.forget()
        hours.forget()
    }

    /// In order of name, for digests.
    public var all: [RawTable] {
        let others: [RawTable] = [
            practice.raw, marks.raw, things.raw, commands.raw, keys.raw, usedKeys.raw, staff.raw, staffEmails.raw,
            links.raw, tokens.raw, tokenHashes.raw, locations.raw, rooms.raw, roomsOfLocation.raw, services.raw,
            serviceCodes.raw, prices.raw, clients.raw, teams.raw, hours.raw, openings.raw, timesOff.raw,
            approvedTimesOff.raw, appointments.raw, occupancy.raw, sources.raw, imports.raw,
            latestImports.raw,
        ]
        return (others + billing.all + charting.all).sorted { $0.name < $1.name }
    }
}
