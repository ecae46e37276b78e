import Clinic
import Schema
import Synchronization

/// What the writer publishes to all readers: each part one immutable value. Nothing before the state has been brought up
/// to the log.
final class Published: Sendable {
    private struct Parts {
        var access = AccessTable()
        var practice: PracticeInitialised?
        /// How far the state is with the log, while it is not there yet.
        var replayPermille: Int? = 0
    }

    private let parts = Mutex(Parts())

    /// Who may do what.
    var access: AccessTable { get throws(Refusal) { try ready().access } }

    /// The practice as it began; nil on an empty log.
    var practice: PracticeInitialised? { get throws(Refusal) { try ready().practice } }

    /// Refuses, with progress, before the state is ready.
    func requireReady() throws(Refusal) { _ = try ready() }

    /// How far the state is with the log; nil once it is there.
    var replayPermille: Int? { parts.withLock { $0.replayPermille } }

    func report(replayPermille: Int) { parts.withLock { $0.replayPermille = replayPermille } }

    /// The state is there: commands are accepted from now on.
    func begin(_ access: AccessTable, practice: PracticeInitialised?) {
        parts.withLock { $0 = Parts(access: access, practice: practice, replayPermille: nil) }
    }

    func publish(_ access: AccessTable) { parts.withLock { $0.access = access } }
    func publish(_ practice: PracticeInitialised) { parts.withLock { $0.practice = practice } }

    private func ready() throws(Refusal) -> Parts {
        let parts = parts.withLock { $0 }
        guard let permille = parts.replayPermille else { return parts }
        throw Refusal.busy("The daemon has started and is reading its log. Try again in a moment.")
            .with { $0.progressPermille = permille }
    }
}
