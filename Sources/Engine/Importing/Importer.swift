import Clinic
import Foundation
import Interchange
import Schema
import Timetable

/// Applies what was read from old spreadsheets: acts as the import, on behalf of whoever started it.
final class Importer {
    let engine: ClinicEngine
    let sheets: ImportSheets
    let actor: Caller
    var progress: JobProgress
    var names = ImportNames()
    /// What earlier imports of this name founded.
    var known = KnownRows()
    var applied = ImportResult.Applied()
    /// By reference, those on file.
    var appointments: [String: UInt64] = [:]
    /// How many things a dry run would have made until now.
    var pretended: UInt64 = 0
    private var possiblyOnFile: [ImportResult.Note] = []

    init(engine: ClinicEngine, caller: Caller, sheets: ImportSheets, progress: JobProgress) {
        self.engine = engine
        self.sheets = sheets
        self.progress = progress
        actor = caller.importing
        applied.money = ImportResult.Brought(currency: sheets.currency)
    }

    func run() throws -> ImportResult {
        let reading = try read()
        guard !sheets.isDryRun else {
            try prepare(reading.plan)
            return ImportResult(
                report: reading.report, possiblyOnFile: possiblyOnFile,
                wouldMake: ImportResult.WouldMake(applied, balances: balancesToCome(reading.plan)),
                books: try books().map { ImportResult.Books(before: $0) })
        }
        let before = try books()
        do {
            try apply(reading.plan)
            try complete()
        } catch {
            throw ended(by: error)
        }
        let after = try books()
        return ImportResult(
            report: reading.report, possiblyOnFile: possiblyOnFile, applied: applied,
            books: before.map { ImportResult.Books(before: $0, after: after) })
    }

    /// Nil when money stays in the sheet.
    private func books() throws -> BooksTotal? {
        guard sheets.withMoney else { return nil }
        return try patiently { try BooksTotal(engine, currency: sheets.currency) }
    }

    /// Of a dry run: as far as their appointments come in, which only an import finds out.
    private func balancesToCome(_ plan: ImportPlan) -> Int? {
        guard sheets.withMoney else { return nil }
        return plan.rows.count { (try? $0.money?.get()) != nil && known.balances[$0.reference] == nil }
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
                    staffOnFile: staffOnFile, fractionDigits: MoneyText.decimals(of: sheets.currency),
                    mostMinutes: sheets.mostMinutes, mapping: mapping ?? .init(),
                    moneyIn: sheets.withMoney ? sheets.currency : nil))
        } catch {
            throw Refusal(
                .problem("unreadable-sheet"), status: 400, title: "The sheets cannot be read", detail: "\(error)")
        }
    }

    /// Looks at what is on file, and makes what the rows name besides.
    private func prepare(_ plan: ImportPlan) throws {
        known = try patiently { try engine.known(from: sheets.source) }
        try makeNamed(
            plan.clients.filter { known.clients[$0.reference] == nil },
            plan.rows.filter { known.appointments[$0.reference] == nil })
        possiblyOnFile = try lookForOthers(plan.clients)
    }

    private func apply(_ plan: ImportPlan) throws {
        try prepare(plan)
        let clients = try register(plan.clients)
        try book(plan.rows, clients)
        try bringMoney(plan.rows)
    }
}

extension Caller {
    /// The import that acts for them (INV-IMP-03).
    var importing: Caller {
        var door = door
        door.kind = .import
        return Caller(kind: .import, staff: staff, roles: roles, door: door)
    }
}
