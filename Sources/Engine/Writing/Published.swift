import Clinic
import Schema
import Synchronization

/// What the writer publishes to all readers: each part one immutable value.
final class Published: Sendable {
    private struct Parts {
        var access: AccessTable
        var practice: PracticeInitialised?
    }

    private let parts: Mutex<Parts>

    init(_ access: AccessTable, practice: PracticeInitialised?) {
        parts = Mutex(Parts(access: access, practice: practice))
    }

    var access: AccessTable { parts.withLock { $0.access } }
    var practice: PracticeInitialised? { parts.withLock { $0.practice } }

    func publish(_ access: AccessTable) { parts.withLock { $0.access = access } }
    func publish(_ practice: PracticeInitialised) { parts.withLock { $0.practice = practice } }
}
