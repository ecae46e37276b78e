import Clinic
import Foundation
import Interchange
import Schema
import Timetable

extension ClinicEngine {
    /// Starts to read, and unless it is a dry run to apply, a clinic's old spreadsheets.
    func startImport(_ request: ImportJob, by caller: Caller) throws(Refusal) -> Job {
        guard let practice = try practice else {
            throw Refusal.rule("INV-CFG-04", "There is no practice yet", "Begin one first: daybook init")
        }
        guard let zone = Zone(request.hasZone ? request.zone : practice.zone) else {
            throw .field("zone", "`zone` must be an IANA zone like America/New_York.")
        }
        let source = request.hasSource ? request.source : "sheets"
        guard (1...64).contains(source.utf8.count), source.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .field("source", "`source` must be a short name without blanks, like old-calendar.")
        }
        guard request.hasClientsCsv, request.hasAppointmentsCsv else {
            throw .field(request.hasClientsCsv ? "appointmentsCsv" : "clientsCsv", "Both sheets are needed.")
        }
        do {
            let clients = try upload(request.clientsCsv, by: caller)
            let appointments = try upload(request.appointmentsCsv, by: caller)
            let sheets = ImportSheets(
                clients: clients, appointments: appointments, zone: zone, source: source,
                mapping: request.hasMapping ? request.mapping : nil, isDryRun: request.dryRun,
                currency: practice.currency)
            return try jobs.start("import", by: caller.staff) { [self] progress in
                try Importer(engine: self, caller: caller, sheets: sheets, progress: progress).run().json()
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(
                .problem("internal"), status: 500, title: "The sheets could not be kept",
                detail: "The daemon could not keep the sheets until they are read. Its log says more.")
        }
    }

    private func upload(_ text: String, by caller: Caller) throws -> SealedUpload {
        try SealedUpload(
            Array(text.utf8), of: caller.staff, in: options.dataDirectory + "/files", sealedBy: vault)
    }

    /// Sends a command of the daemon's own and waits for its outcome. Not for tasks.
    func sendBlocking(_ submissions: [Submission]) -> [Outcome] {
        let results = OutcomeBox(count: submissions.count)
        let done = DispatchGroup()
        for (index, submission) in submissions.enumerated() {
            done.enter()
            let isTaken = writer.queue.add(
                .command(submission) { outcome in
                    results.set(index, outcome)
                    done.leave()
                })
            if !isTaken { done.leave() }
        }
        done.wait()
        return results.all
    }
}

/// The sheets and how they are to be read.
struct ImportSheets: Sendable {
    var clients: SealedUpload
    var appointments: SealedUpload
    var zone: Zone
    /// The name by which their rows are known again.
    var source: String
    var mapping: String?
    var isDryRun: Bool
    var currency: String
}
