import Clinic
import Foundation
import Interchange
import Schema
import SwiftProtobuf
import Timetable

/// Applies what was read from old spreadsheets: acts as the import, on behalf of whoever started it.
final class Importer {
    let engine: ClinicEngine
    let sheets: ImportSheets
    let progress: JobProgress
    let actor: Caller
    var staffByName: [String: UInt64] = [:]
    var applied = ImportResult.Applied(
        id: 0, clients: 0, appointments: 0, known: 0, staffAdded: [], roomsAdded: [], servicesAdded: [], left: [])

    init(engine: ClinicEngine, caller: Caller, sheets: ImportSheets, progress: JobProgress) {
        self.engine = engine
        self.sheets = sheets
        self.progress = progress
        var door = caller.door
        door.kind = .import
        actor = Caller(kind: .import, staff: caller.staff, roles: caller.roles, door: door)
    }

    func run() throws -> ImportResult {
        let reading = try read()
        guard !sheets.isDryRun else { return ImportResult(report: reading.report, applied: nil) }
        let plan = reading.plan
        let catalogue = try Catalogue(engine)
        let names = try makeNamed(plan, catalogue)
        let clients = try register(plan.clients)
        try book(plan.appointments, clients, names)
        applied.left += plan.heldBack.map { held in
            ImportResult.Left(
                reference: held.row.reference, because: "clashes with an earlier row",
                references: held.because.map(\.reference))
        }
        try complete()
        return ImportResult(report: reading.report, applied: applied)
    }

    private func read() throws -> ImportReading {
        try progress(10, "reading")
        let clients = try sheets.clients.take(openedBy: engine.vault)
        let appointments = try sheets.appointments.take(openedBy: engine.vault)
        let today = sheets.zone.local(ofMs: engine.clock.nowMs())?.date ?? .max
        let staffOnFile = try engine.access.staffNames
        do throws(ImportRefusal) {
            let mapping = try sheets.mapping.map { text throws(ImportRefusal) in
                try MappingFile(json: Array(text.utf8))
            }
            return try ImportReading(
                ImportSource(
                    clients: clients, appointments: appointments, zone: sheets.zone, today: today,
                    staffOnFile: staffOnFile,
                    fractionDigits: Currency.fractionDigits(sheets.currency), mapping: mapping ?? .init()))
        } catch {
            throw Refusal(
                .problem("unreadable-sheet"), status: 400, title: "The sheets cannot be read", detail: "\(error)")
        }
    }

    /// Sends commands as the import; each stands for itself.
    func send(_ commands: [(command: any Command, reference: String?)]) -> [Outcome] {
        engine.sendBlocking(
            commands.map { command, reference in
                let source = reference.map { reference in
                    Source.with {
                        $0.name = sheets.source
                        $0.reference = reference
                    }
                }
                return Submission(
                    sender: .trusted(actor, actor.roles.first ?? .unspecified), command: command, key: .random(),
                    source: source)
            })
    }

    func sendOne(_ command: any Command, reference: String? = nil) throws -> Reply {
        try send([(command, reference)])[0].get()
    }

    private func complete() throws {
        var command = CompleteImport()
        command.source = sheets.source
        command.sha256 = Data(sheets.appointments.sha256OfSealed)
        command.clients = UInt32(applied.clients)
        command.appointments = UInt32(applied.appointments)
        command.left = UInt32(applied.left.count)
        applied.id = try sendOne(command).id
    }
}

/// ISO 4217: how many digits follow the point.
enum Currency {
    static func fractionDigits(_ code: String) -> Int {
        switch code {
        case "JPY", "KRW": 0
        case "KWD", "BHD", "OMR", "JOD", "TND": 3
        default: 2
        }
    }
}
