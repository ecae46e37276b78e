import Clinic
import Foundation
import Schema
import Testing
import Timetable
import Vault

@testable import Engine

extension ClinicEngine {
    func importer() throws -> Caller { try admit(user(), to: .importSheets, name: "jobs/import") }

    /// Starts a job and waits until it has ended.
    func ended(_ kind: JobKind, _ body: [UInt8]) async throws -> Job {
        await ended(try startJob(kind, body, by: importer()))
    }

    func ended(_ job: Job) async -> Job {
        var last = job
        for await job in jobs.follow(job.id) { last = job }
        return last
    }

    /// Applies sheets; the job must end well.
    @discardableResult
    func bringIn(_ sheets: OldSheets, source: String = "sheets") async throws -> ImportFinding.Applied {
        let job = try await ended(.import, sheets.request(source: source))
        try #require(job.state == .done, "\(job.problem?.detail ?? "no problem told")")
        return try JSONDecoder().decode(ImportFinding.self, from: Data(try #require(job.result).utf8)).applied
    }

    func takeBack(_ id: UInt64) async throws -> TakenBack {
        let job = try await ended(.importUndo, Array("{\"import\":\(id)}".utf8))
        try #require(job.state == .done, "\(job.problem?.detail ?? "no problem told")")
        return try JSONDecoder().decode(TakenBack.self, from: Data(try #require(job.result).utf8))
    }

    /// Runs an import of which every step is told as it begins; it is cancelled when `onStep` says so.
    func watch(_ sheets: OldSheets, _ onStep: @escaping @Sendable (String) -> Bool) async throws -> Job {
        let caller = try importer()
        func upload(_ text: String) throws -> SealedUpload {
            try SealedUpload(Array(text.utf8), of: caller.staff, in: options.dataDirectory + "/files", sealedBy: vault)
        }
        let uploads = ImportSheets(
            clients: try upload(sheets.clients), appointments: try upload(sheets.appointments),
            zone: try #require(Zone("Europe/Berlin")), source: "sheets", isDryRun: false, withMoney: false,
            currency: "EUR",
            mostMinutes: 480)
        let job = try jobs.start("import", by: caller.staff) { [self] progress in
            let cancelled = Flag()
            let watched = JobProgress(
                report: { permille, step in
                    progress.report(permille, step)
                    if onStep(step) { cancelled.raise() }
                }, isCancelled: { cancelled.isRaised })
            return try Importer(engine: self, caller: caller, sheets: uploads, progress: watched).run().json()
        }
        return await ended(job)
    }

    /// What was booked, by the rows' references.
    func imported() throws -> [String: (recorded: Recorded, event: AppointmentBooked)] {
        var found: [String: (recorded: Recorded, event: AppointmentBooked)] = [:]
        for recorded in try records() {
            guard case .scheduling(.appointmentBooked(let event)) = recorded.event else { continue }
            found[event.source.reference] = (recorded, event)
        }
        return found
    }

    /// Who was registered, by the rows' references, with their texts opened.
    func registered() throws -> [String: RegisteredClient] {
        var found: [String: RegisteredClient] = [:]
        for recorded in try records() {
            guard case .clients(.clientRegistered(let event)) = recorded.event else { continue }
            let details = SealedClientDetails(event, recorded)
            found[event.source.reference] = RegisteredClient(
                id: recorded.position, givenName: try vault.text(details.givenName),
                email: try vault.text(details.email), phone: try vault.text(details.phone),
                dateOfBirth: try vault.text(details.dateOfBirth), remark: try vault.text(details.remark))
        }
        return found
    }
}

struct RegisteredClient {
    var id: UInt64
    var givenName: String?
    var email: String?
    var phone: String?
    var dateOfBirth: String?
    var remark: String?
}
