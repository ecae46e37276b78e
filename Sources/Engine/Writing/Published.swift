import Clinic
import Synchronization

/// What the writer publishes to all readers, as one value.
final class Published: Sendable {
    private let table: Mutex<AccessTable>

    init(_ access: AccessTable) { table = Mutex(access) }

    var access: AccessTable { table.withLock { $0 } }

    func publish(_ access: AccessTable) { table.withLock { $0 = access } }
}
