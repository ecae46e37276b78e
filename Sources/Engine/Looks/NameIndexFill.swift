import Clinic
import Foundation
import Logging
import Schema
import Vault

/// Fills the index of names after a start: one look of the system is recorded, then every client's boxes are opened.
struct NameIndexFill {
    let names: NameIndex
    let vault: KeyVault
    let clock: EngineClock
    let logger: Logger

    /// Begins when nobody has begun and it is not full. Called again and again: a filling that failed, on a full disk
    /// perhaps, is begun anew.
    func startIfNeeded(through queue: WorkQueue) {
        guard names.beginFilling() else { return }
        let look = Look(
            caller: .system("name index"), role: .unspecified, purpose: .system, query: "NameIndex",
            category: .identity, people: [], windowAtMs: clock.nowMs())
        if !queue.add(.aside { state in collect(state, look, queue) }) { names.fillingFailed() }
    }

    /// On the writer's thread: only copies the boxes. They are opened on a thread of their own, after the look is
    /// durable; whoever is registered meanwhile is indexed by the writer.
    private func collect(_ state: borrowing ClinicState, _ look: Look, _ queue: WorkQueue) {
        var clients: [(UInt64, ClientState)] = []
        do {
            try state.forEachClient { clients.append(($0, $1)) }
        } catch {
            logger.error("cannot read the clients for the index of names", metadata: ["reason": "\(error)"])
            return names.fillingFailed()
        }
        guard !clients.isEmpty else { return names.isFull() }
        let found = clients
        let isTaken = queue.add(
            .look(look) { result in
                if case .success = result { open(found) } else { names.fillingFailed() }
            })
        if !isTaken { names.fillingFailed() }
    }

    private func open(_ clients: [(UInt64, ClientState)]) {
        let thread = Thread {
            for (done, (id, client)) in clients.enumerated() {
                do {
                    try names.insert(id, client, opening: vault)
                } catch {
                    names.cannotRead(id)
                    logger.error("cannot index a client", metadata: ["client": "\(id)", "reason": "\(error)"])
                }
                if done % 256 == 0 { names.fill(done: done, of: clients.count) }
            }
            names.isFull()
        }
        thread.name = "name index"
        thread.start()
    }
}
