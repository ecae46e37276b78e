import Clinic
import Dispatch
import Schema
import Synchronization

/// What earlier imports of a name founded, by the rows' references.
struct KnownRows: Sendable {
    var clients: [String: UInt64] = [:]
    var appointments: [String: UInt64] = [:]
    var balances: [String: UInt64] = [:]

    init() {}

    init(_ rows: [Imported]) {
        for row in rows {
            switch row.kind {
            case .client: clients[row.reference] = row.id
            case .appointment: appointments[row.reference] = row.id
            case .balance: balances[row.reference] = row.id
            }
        }
    }
}

extension ClinicEngine {
    func known(from source: String) throws -> KnownRows { KnownRows(try imported { try $0.imported(from: source) }) }

    /// What one import founded and was not taken back.
    func imported(by id: UInt64) throws -> [Imported] { try imported { try $0.imported(by: id) } }

    /// Looks into the state, on the writer's thread. Not for tasks.
    private func imported(
        _ look: @escaping @Sendable (borrowing ClinicState) throws -> [Imported]
    ) throws -> [Imported] {
        let result = Mutex<Result<[Imported], any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        let isTaken = writer.queue.add(
            .aside { state in
                let found: Result<[Imported], any Error>
                do { found = .success(try look(state)) } catch { found = .failure(error) }
                result.withLock { $0 = found }
                done.signal()
            })
        guard isTaken else { throw Refusal.busy("Too much is waiting. Try again in a moment.") }
        done.wait()
        guard let found = result.withLock({ $0 }) else { throw Refusal.busy("The daemon is ending.") }
        return try found.get()
    }
}
