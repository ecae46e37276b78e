import Interchange

/// The ids of what rows name; those that a sheet names first are added as they are made.
struct ImportNames {
    var catalogue = Catalogue()

    /// A row without a service is of this one.
    static let unnamedService = "Session"

    func therapist(_ name: String) -> UInt64? { catalogue.staff.id(of: name) }

    func service(_ row: Interchange.AppointmentRow) -> UInt64? {
        catalogue.service(row.service ?? Self.unnamedService)
    }

    /// Where a row in person takes place; nothing for any other.
    func place(_ row: Interchange.AppointmentRow) -> (location: UInt64?, room: UInt64?) {
        guard row.isInPerson, let location = catalogue.location(named: row.location, room: row.room) else {
            return (nil, nil)
        }
        return (location, row.room.flatMap { catalogue.room($0, at: location) })
    }
}

extension Interchange.AppointmentRow {
    /// Old calendars that do not say how people meet are of rooms.
    var isInPerson: Bool { modality ?? .inPerson == .inPerson }
}
