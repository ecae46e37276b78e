import Clinic
import Dispatch
import Foundation
import Schema
import Synchronization

extension ClinicEngine {
    /// What the sheets of a name founded, by the rows' references.
    func founded(from source: String) throws -> [String: UInt64] {
        Dictionary(try imported(from: source).map { ($0.reference, $0.id) }) { first, _ in first }
    }

    private func imported(from source: String) throws -> [Imported] {
        let result = Mutex<Result<[Imported], any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        let isTaken = writer.queue.add(
            .aside { state in
                let found = Result<[Imported], any Error> { try state.imported(from: source) }
                result.withLock { $0 = found }
                done.signal()
            })
        guard isTaken else { throw Refusal.busy("Too much is waiting. Try again in a moment.") }
        done.wait()
        guard let found = result.withLock({ $0 }) else { throw Refusal.busy("The daemon is ending.") }
        return try found.get()
    }

    /// Takes an import back, as far as nothing later depends on it.
    func startImportUndo(_ request: ImportUndoJob, by caller: Caller) throws(Refusal) -> Job {
        guard request.hasImport else { throw .field("import", "`import` must be the id of an import.") }
        let id = request.import
        var door = caller.door
        door.kind = .import
        let actor = Caller(kind: .import, staff: caller.staff, roles: caller.roles, door: door)
        return try jobs.start("import-undo", by: caller.staff) { [self] progress in
            try undo(id, as: actor, progress)
        }
    }

    private static let pageMax = 500

    private func undo(_ id: UInt64, as actor: Caller, _ progress: JobProgress) throws -> String {
        guard let recorded = try LogReader(log).recorded(at: id),
            case .interchange(.importApplied(let event)) = recorded.event
        else { throw Refusal.missing("import", id, field: "import") }
        let all = try imported(from: event.source)
        let takenAppointments = all.filter { !$0.isClient && $0.isUntouched }
        let takenClients = all.filter { $0.isClient && $0.isUntouched }
        var done = 0
        for page in pages(takenAppointments.map(\.id), takenClients.map(\.id)) {
            try progress(done * 1_000 / max(all.count, 1), "taking back")
            var command = WithdrawImported()
            command.import = id
            command.source = event.source
            command.appointments = page.appointments
            command.clients = page.clients
            _ = try sendBlocking([
                Submission(
                    sender: .trusted(actor, actor.roles.first ?? .unspecified), command: command, key: .random())
            ])[0].get()
            done += page.appointments.count + page.clients.count
        }
        let finding = UndoFinding(
            appointments: takenAppointments.count, clients: takenClients.count,
            kept: all.filter { !$0.isUntouched }.map(\.reference).sorted())
        return String(decoding: try JSONEncoder().encode(finding), as: UTF8.self)
    }

    /// Appointments before the clients they are of.
    private func pages(_ appointments: [UInt64], _ clients: [UInt64]) -> [(appointments: [UInt64], clients: [UInt64])] {
        func cut(_ ids: [UInt64]) -> [[UInt64]] {
            stride(from: 0, to: ids.count, by: Self.pageMax).map { Array(ids[$0..<min($0 + Self.pageMax, ids.count)]) }
        }
        return cut(appointments).map { ($0, []) } + cut(clients).map { ([], $0) }
    }
}

/// What was taken back, and the rows that were not, since something later depends on them.
struct UndoFinding: Encodable, Sendable {
    var appointments: Int
    var clients: Int
    var kept: [String]
}
