import Clinic
import Foundation
import Interchange
import Schema
import Timetable

/// The ids of what rows name.
struct ImportNames {
    var location: UInt64?
    var rooms: [String: UInt64] = [:]
    var services: [String: UInt64] = [:]
}

extension Importer {
    /// Makes therapists, rooms and services that the sheet names and that are not on file. Rooms and services get no
    /// buffers: what the old calendar allowed must fit.
    func makeNamed(_ plan: ImportPlan, _ catalogue: Catalogue) throws -> ImportNames {
        try progress(50, "therapists, rooms and services")
        staffByName = catalogue.staff
        for therapist in plan.therapists where staffByName[NameFolding.fold(therapist.name)] == nil {
            staffByName[NameFolding.fold(therapist.name)] = try addTherapist(therapist.name)
            applied.staffAdded.append(therapist.name)
        }
        var names = ImportNames(
            location: catalogue.locations.first, rooms: catalogue.rooms, services: catalogue.services)
        let rows = plan.appointments + plan.heldBack.map(\.row)
        try addRooms(rows, &names)
        try addServices(rows, &names)
        return names
    }

    private func addTherapist(_ name: String) throws -> UInt64 {
        var command = AddStaff()
        command.name = name
        // A sign-in address is needed and none is known; this one can receive nothing.
        let slug = NameFolding.fold(name).map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
        command.email = "\(slug)@imported.invalid"
        command.roles = [.therapist]
        return try sendOne(command).id
    }

    private func addRooms(_ rows: [Interchange.AppointmentRow], _ names: inout ImportNames) throws {
        let wanted = Set(rows.compactMap(\.room)).sorted()
        let isInPerson = rows.contains { $0.modality != .online && $0.modality != .phone }
        if names.location == nil, isInPerson || !wanted.isEmpty {
            var command = AddLocation()
            command.name = try engine.practice?.name ?? "Practice"
            command.zone = sheets.zone.id
            command.requiresRoom = false
            names.location = try sendOne(command).id
        }
        for name in wanted where names.rooms[NameFolding.fold(name)] == nil {
            var command = AddRoom()
            if let location = names.location { command.location = location }
            command.name = name
            names.rooms[NameFolding.fold(name)] = try sendOne(command).id
            applied.roomsAdded.append(name)
        }
    }

    private func addServices(_ rows: [Interchange.AppointmentRow], _ names: inout ImportNames) throws {
        let byName = Dictionary(grouping: rows, by: { $0.service ?? Self.unnamedService })
        for (name, rows) in byName.sorted(by: { $0.key < $1.key })
        where names.services[NameFolding.fold(name)] == nil {
            var command = DefineService()
            command.name = name
            command.code = NameFolding.fold(name).map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
            command.minutes = UInt32(Self.usualMinutes(rows))
            command.modalities = [.inPerson, .online, .phone]
            names.services[NameFolding.fold(name)] = try sendOne(command).id
            applied.servicesAdded.append(name)
        }
    }

    static let unnamedService = "Session"

    /// The length most rows have, on the grid that services keep.
    private static func usualMinutes(_ rows: [Interchange.AppointmentRow]) -> Int {
        let counts = Dictionary(grouping: rows, by: \.minutes).mapValues(\.count)
        let usual = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 50
        return min(480, max(5, (usual + 4) / 5 * 5))
    }
}
