import Clinic
import Foundation
import Interchange
import Schema
import SwiftProtobuf
import Timetable

extension Importer {
    /// Makes therapists, places and services that new rows name and that are not on file; a dry run only tells of them.
    /// Rooms and services get no buffers: what the old calendar allowed must fit.
    func makeNamed(_ clients: [Interchange.ClientRow], _ appointments: [Interchange.AppointmentRow]) throws {
        try progress(50, "therapists, rooms and services")
        names = ImportNames(catalogue: try patiently { try Catalogue(engine) })
        try addTherapists(clients.compactMap(\.therapist) + appointments.map(\.therapist))
        try addPlaces(appointments.filter(\.isInPerson))
        try addServices(appointments)
    }

    private func addTherapists(_ wanted: [String]) throws {
        for name in wanted where names.therapist(name) == nil {
            // No sheet has an address to sign in with; without one nobody does.
            let id = try add(
                AddStaff.with {
                    $0.name = OneLine.name(name)
                    $0.roles = [.therapist]
                })
            names.catalogue.staff.add(id, named: name)
            applied.staffAdded.append(OneLine.name(name))
        }
    }

    private func addPlaces(_ rows: [Interchange.AppointmentRow]) throws {
        for row in rows {
            let location = try location(of: row)
            guard let name = row.room, names.catalogue.room(name, at: location) == nil else { continue }
            let room = AddRoom.with {
                $0.location = location
                $0.name = OneLine.name(name)
            }
            let id = try add(room)
            names.catalogue.rooms[location, default: NamedOnFile()].add(id, named: name)
            applied.roomsAdded.append(OneLine.name(name))
        }
    }

    private func location(of row: Interchange.AppointmentRow) throws -> UInt64 {
        if let known = names.catalogue.location(named: row.location, room: row.room) { return known }
        let name = OneLine.name(try row.location ?? engine.practice?.name ?? "Practice")
        let id = try add(
            AddLocation.with {
                $0.name = name
                $0.zone = sheets.zone.id
                $0.requiresRoom = false
            })
        names.catalogue.locations.add(id, named: row.location ?? name)
        if names.catalogue.firstLocation == nil { names.catalogue.firstLocation = id }
        applied.locationsAdded.append(name)
        return id
    }

    private func addServices(_ rows: [Interchange.AppointmentRow]) throws {
        let unnamed = ImportNames.unnamedService
        let byKey = Dictionary(grouping: rows) { NamedOnFile.key($0.service ?? unnamed) }
        for (_, rows) in byKey.sorted(by: { $0.key < $1.key }) where names.service(rows[0]) == nil {
            let name = OneLine.name(rows[0].service ?? unnamed)
            let code = ServiceCode.make(for: name, taken: names.catalogue.serviceCodes)
            let id = try add(
                DefineService.with {
                    $0.name = name
                    $0.code = code
                    $0.minutes = UInt32(Self.usualMinutes(rows))
                    $0.modalities = [.inPerson, .online, .phone, .homeVisit, .outreach]
                })
            names.catalogue.services.add(id, named: name)
            names.catalogue.serviceCodes.insert(code)
            applied.servicesAdded.append(name)
        }
    }

    private func add(_ command: any Command) throws -> UInt64 {
        guard !sheets.isDryRun else {
            // Any id will do that is none on file.
            pretended += 1
            return .max - pretended
        }
        return try deliver([(command, nil)])[0].get().id
    }

    /// The length most rows have, on the grid that services keep.
    private static func usualMinutes(_ rows: [Interchange.AppointmentRow]) -> Int {
        let counts = Dictionary(grouping: rows, by: \.minutes).mapValues(\.count)
        let usual = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 50
        return min(480, max(5, (usual + 4) / 5 * 5))
    }
}
