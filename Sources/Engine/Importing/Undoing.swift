import Clinic
import Foundation
import Schema

extension ClinicEngine {
    /// Takes an import back, as far as nothing later depends on it.
    func startImportUndo(_ request: ImportUndoJob, by caller: Caller) throws(Refusal) -> Job {
        guard request.hasImport else { throw .field("import", "`import` must be the id of an import.") }
        let id = request.import
        return try jobs.start("import-undo", by: caller.staff) { [self] progress in
            try undo(id, as: caller.importing, progress)
        }
    }

    private static let pageMax = 500

    private func undo(_ id: UInt64, as actor: Caller, _ progress: JobProgress) throws -> String {
        let before = try imported(by: id)
        var done = 0
        for page in pages(before) {
            try progress(done * 1_000 / before.count, "taking back")
            var command = WithdrawImported()
            command.import = id
            command.balances = page.filter { $0.kind == .balance }.map(\.id)
            command.appointments = page.filter { $0.kind == .appointment }.map(\.id)
            command.clients = page.filter { $0.kind == .client }.map(\.id)
            let outcome = sendBlocking([
                Submission(
                    sender: .trusted(actor, actor.roles.first ?? .unspecified), command: command, key: .make())
            ])[0]
            // A page of which nothing can be taken back is no reason to end.
            if case .failure(let refusal) = outcome, refusal.kind != .problem("unchanged") { throw refusal }
            done += page.count
        }
        let finding = UndoFinding(before: before, kept: try imported(by: id))
        return try JobResult.json(finding)
    }

    /// Money before the appointments it is for, and appointments before the clients they are of.
    private func pages(_ things: [Imported]) -> [ArraySlice<Imported>] {
        [ImportedKind.balance, .appointment, .client].flatMap { kind in
            let part = things.filter { $0.kind == kind }[...]
            return stride(from: 0, to: part.count, by: Self.pageMax).map {
                part[$0..<min($0 + Self.pageMax, part.count)]
            }
        }
    }
}

/// What was taken back, and the rows that were not, since something later depends on them.
struct UndoFinding: Encodable, Sendable {
    var appointments: Int
    var clients: Int
    var balances: Int
    var keptBalances: [String]
    var keptAppointments: [String]
    var keptClients: [String]

    init(before: [Imported], kept: [Imported]) {
        func references(_ things: [Imported], _ kind: ImportedKind) -> [String] {
            things.filter { $0.kind == kind }.map(\.reference).sorted()
        }
        keptBalances = references(kept, .balance)
        keptAppointments = references(kept, .appointment)
        keptClients = references(kept, .client)
        appointments = references(before, .appointment).count - keptAppointments.count
        clients = references(before, .client).count - keptClients.count
        balances = references(before, .balance).count - keptBalances.count
    }
}
