import Clinic
import Interchange
import Schema

/// What is on file that a sheet can name, by the names' keys. Of two with one name it is the elder.
struct Catalogue: Sendable {
    var staff: [String: UInt64] = [:]
    var locations: [String: UInt64] = [:]
    /// Where a room is when no sheet says.
    var firstLocation: UInt64?
    var rooms: [RoomName: UInt64] = [:]
    var services: [String: UInt64] = [:]
    var serviceCodes: Set<String> = []

    init() {}

    init(_ engine: ClinicEngine) throws {
        let directory = engine.directory
        for row in try directory.read(ListStaff()).rows { Self.keep(row.id, &staff[NameKey.of(row.name)]) }
        for row in try directory.read(ListLocations()).rows {
            Self.keep(row.id, &locations[NameKey.of(row.name)])
            Self.keep(row.id, &firstLocation)
        }
        for row in try directory.read(ListRooms()).rows {
            Self.keep(row.id, &rooms[RoomName(location: row.location, key: NameKey.of(row.name))])
        }
        for row in try directory.read(ListServices()).rows {
            Self.keep(row.id, &services[NameKey.of(row.name)])
            serviceCodes.insert(row.code)
        }
    }

    private static func keep(_ id: UInt64, _ known: inout UInt64?) { known = min(known ?? .max, id) }
}

/// A room's name, which says which room only together with where it is.
struct RoomName: Hashable, Sendable {
    var location: UInt64
    var key: String
}

extension Catalogue {
    /// Where a row is: at the location it names; else where the only room of that name is; else at the first location.
    func location(named location: String?, room: String?) -> UInt64? {
        if let location { return locations[NameKey.of(location)] }
        if let room {
            let key = NameKey.of(room)
            let homes = rooms.keys.filter { $0.key == key }
            if homes.count == 1 { return homes[0].location }
        }
        return firstLocation
    }

    func room(_ name: String, at location: UInt64) -> UInt64? {
        rooms[RoomName(location: location, key: NameKey.of(name))]
    }
}
