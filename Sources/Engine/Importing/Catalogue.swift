import Clinic
import Interchange
import Schema

/// What is on file that a sheet can name. Of two with one name it is the elder.
struct Catalogue: Sendable {
    var staff = NamedOnFile()
    var locations = NamedOnFile()
    /// Where a room is when no sheet says.
    var firstLocation: UInt64?
    /// By location: a room's name says which it is only together with where it is.
    var rooms: [UInt64: NamedOnFile] = [:]
    var services = NamedOnFile()
    var serviceCodes: Set<String> = []
    private var servicesByCode: [String: UInt64] = [:]

    init() {}

    init(_ engine: ClinicEngine) throws {
        let directory = engine.directory
        for row in try directory.read(ListStaff()).rows { staff.keep(row.id, named: row.name) }
        for row in try directory.read(ListLocations()).rows {
            locations.keep(row.id, named: row.name)
            firstLocation = min(firstLocation ?? .max, row.id)
        }
        for row in try directory.read(ListRooms()).rows {
            rooms[row.location, default: NamedOnFile()].keep(row.id, named: row.name)
        }
        for row in try directory.read(ListServices()).rows {
            services.keep(row.id, named: row.name)
            serviceCodes.insert(row.code)
            let code = Self.codeKey(row.code)
            servicesByCode[code] = min(servicesByCode[code] ?? .max, row.id)
        }
    }

    /// Old sheets write `ind 50` for IND50.
    private static func codeKey(_ code: String) -> String { NameKey.plain(code).filter { !$0.isWhitespace } }
}

extension Catalogue {
    /// Where a row is: at the location it names; else where the only room of that name is; else at the first location.
    func location(named location: String?, room: String?) -> UInt64? {
        if let location { return locations.id(of: location) }
        if let room {
            let exact = rooms.filter { $0.value.id(exactly: room) != nil }
            let homes = exact.isEmpty ? rooms.filter { $0.value.id(of: room) != nil } : exact
            if homes.count == 1 { return homes.first?.key }
        }
        return firstLocation
    }

    func room(_ name: String, at location: UInt64) -> UInt64? { rooms[location]?.id(of: name) }

    /// By its name, else by its code, else by its name without accents. What the import itself has made goes by its
    /// name alone.
    func service(_ name: String) -> UInt64? {
        services.id(exactly: name) ?? servicesByCode[Self.codeKey(name)] ?? services.id(of: name)
    }
}
