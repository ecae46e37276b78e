import Clinic
import Foundation
import Interchange
import Logging
import Schema
import Timetable
import Vault

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
        let clients = try upload(request.clientsCsv, by: caller)
        let appointments: SealedUpload
        do throws(Refusal) {
            appointments = try upload(request.appointmentsCsv, by: caller)
        } catch {
            clients.discard(vault)
            throw error
        }
        let sheets = ImportSheets(
            clients: clients, appointments: appointments, zone: zone, source: source,
            mapping: request.hasMapping ? request.mapping : nil, isDryRun: request.dryRun,
            withMoney: request.withMoney, currency: practice.currency,
            mostMinutes: Int(practice.policy.sessionMaxMinutes))
        return try start(sheets, by: caller)
    }

    /// However the job ends, and if it never begins, nothing of the sheets stays.
    private func start(_ sheets: ImportSheets, by caller: Caller) throws(Refusal) -> Job {
        do throws(Refusal) {
            return try jobs.start("import", by: caller.staff) { [self] progress in
                defer { sheets.discard(vault) }
                return try Importer(engine: self, caller: caller, sheets: sheets, progress: progress).run().json()
            }
        } catch {
            sheets.discard(vault)
            throw error
        }
    }

    private func upload(_ text: String, by caller: Caller) throws(Refusal) -> SealedUpload {
        do {
            return try SealedUpload(
                Array(text.utf8), of: caller.staff, in: options.dataDirectory + "/files", sealedBy: vault)
        } catch {
            logger.error("sheets could not be kept", metadata: ["error": "\(type(of: error))"])
            throw Refusal(
                .problem("internal"), status: 500, title: "The sheets could not be kept",
                detail: "The daemon could not keep the sheets until they are read. Its log says more.")
        }
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
    /// Fees and payments come in as well.
    var withMoney: Bool
    var currency: String
    /// No session is longer.
    var mostMinutes: Int

    func discard(_ vault: KeyVault) {
        clients.discard(vault)
        appointments.discard(vault)
    }
}
