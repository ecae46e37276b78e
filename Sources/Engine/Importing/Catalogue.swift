import Clinic
import LMDBKit
import Schema
import Synchronization

/// What is on file that a sheet can name: read once, on the writer's thread.
struct Catalogue: Sendable {
    var staff: [String: UInt64] = [:]
    var locations: [UInt64] = []
    /// By location, then name.
    var rooms: [String: UInt64] = [:]
    var services: [String: UInt64] = [:]

    init(_ engine: ClinicEngine) throws {
        let directory = engine.directory
        for row in try directory.read(ListStaff()).rows { staff[NameFolding.fold(row.name)] = row.id }
        locations = try directory.read(ListLocations()).rows.map(\.id)
        for row in try directory.read(ListRooms()).rows { rooms[NameFolding.fold(row.name)] = row.id }
        for row in try directory.read(ListServices()).rows { services[NameFolding.fold(row.name)] = row.id }
    }
}
