import Schema
import Synchronization

/// Outcomes as they come in, in the order in which they were asked for.
final class OutcomeBox: Sendable {
    private let outcomes: Mutex<[Outcome]>

    init(count: Int) {
        outcomes = Mutex(
            Array(repeating: .failure(.busy("Too much is waiting. Try again in a moment.")), count: count))
    }

    func set(_ index: Int, _ outcome: Outcome) { outcomes.withLock { $0[index] = outcome } }

    var all: [Outcome] { outcomes.withLock { $0 } }
}
