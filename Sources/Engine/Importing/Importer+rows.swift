import Clinic
import Foundation
import Interchange
import Schema
import Timetable

extension Importer {
    private static let pageMax = 200

    /// Registers clients; the ids of all of them by their reference, those known already included.
    func register(_ rows: [Interchange.ClientRow]) throws -> [String: UInt64] {
        let known = try engine.founded(from: sheets.source)
        var ids: [String: UInt64] = [:]
        for (index, row) in rows.enumerated() {
            if index % 20 == 0 { try progress(100 + index * 300 / max(rows.count, 1), "clients") }
            if let id = known[row.reference] {
                ids[row.reference] = id
                applied.known += 1
                continue
            }
            ids[row.reference] = try register(row)
            applied.clients += 1
        }
        return ids
    }

    /// A client who may be on file already is registered all the same: whether they are one person is for people to
    /// say, and the report names them.
    private func register(_ row: Interchange.ClientRow) throws -> UInt64 {
        var command = RegisterClient()
        command.givenName = row.firstName
        command.familyName = row.lastName
        if let name = row.preferredName { command.preferredName = name }
        if let pronouns = row.pronouns { command.pronouns = pronouns }
        if let date = row.dateOfBirth {
            command.dateOfBirth = date.description
        } else {
            command.dateOfBirthUnknown = true
        }
        if let email = row.email { command.email = email }
        if let phone = row.phone { command.phone = phone }
        if let address = row.address { command.address = address }
        if let remarks = row.remarks { command.remark = remarks }
        if let therapist = row.therapist, let staff = staffByName[NameFolding.fold(therapist)] {
            command.primaryTherapist = staff
        }
        command.minorConsentBasis = "as kept in the imported records"
        do {
            return try sendOne(command, reference: row.reference).id
        } catch let refusal as Refusal where !refusal.facts.candidates.isEmpty {
            command.duplicatesAcknowledged = refusal.facts.candidates
            return try sendOne(command, reference: row.reference).id
        }
    }

    /// Books rows in order of reference; one that is refused is listed and left.
    func book(_ rows: [Interchange.AppointmentRow], _ clients: [String: UInt64], _ names: ImportNames) throws {
        let known = try engine.founded(from: sheets.source)
        let fresh = rows.filter { known[$0.reference] == nil }
        applied.known += rows.count - fresh.count
        for start in stride(from: 0, to: fresh.count, by: Self.pageMax) {
            try progress(400 + start * 550 / max(fresh.count, 1), "appointments")
            let page = Array(fresh[start..<min(start + Self.pageMax, fresh.count)])
            let commands = page.map { row in (command(row, clients, names) as any Command, Optional(row.reference)) }
            for (row, outcome) in zip(page, send(commands)) {
                switch outcome {
                case .success: applied.appointments += 1
                case .failure(let refusal):
                    applied.left.append(
                        ImportResult.Left(
                            reference: row.reference, because: refusal.title, conflicts: refusal.facts.conflicts))
                }
            }
        }
    }

    private func command(
        _ row: Interchange.AppointmentRow, _ clients: [String: UInt64], _ names: ImportNames
    ) -> ImportAppointment {
        var command = ImportAppointment()
        command.client = clients[row.client] ?? 0
        command.staff = staffByName[NameFolding.fold(row.therapist)] ?? 0
        command.service = names.services[NameFolding.fold(row.service ?? Self.unnamedService)] ?? 0
        command.modality = row.modality.wire
        command.start = row.start.description
        command.zone = sheets.zone.id
        command.minutes = UInt32(row.minutes)
        if command.modality == .inPerson {
            if let location = names.location { command.location = location }
            if let room = row.room.flatMap({ names.rooms[NameFolding.fold($0)] }) { command.room = room }
        }
        switch row.status {
        case .booked: command.status = .booked
        case .attended: command.status = .completed
        case .noShow: command.status = .noShow
        case .cancelled: command.status = .cancelled
        case .lateCancelled:
            command.status = .cancelled
            command.late = true
        }
        return command
    }
}

extension Interchange.Modality? {
    fileprivate var wire: Schema.Modality.Value {
        switch self {
        case .online: .online
        case .phone: .phone
        default: .inPerson
        }
    }
}
