import Synchronization

/// What the routes count.
final class Figures: Sendable {
    struct Key: Hashable, Comparable {
        var name: String
        var outcome: String

        static func < (left: Key, right: Key) -> Bool { (left.name, left.outcome) < (right.name, right.outcome) }
    }

    private let counts = Mutex<[Key: UInt64]>([:])

    /// - Parameter name: of a command that there is; what callers make up must not become a label.
    func command(_ name: String, outcome: String) {
        counts.withLock { $0[Key(name: name, outcome: outcome), default: 0] += 1 }
    }

    var commands: [Key: UInt64] { counts.withLock { $0 } }
}
