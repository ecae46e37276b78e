import Clinic
import Dispatch
import Schema
import Synchronization

@testable import Engine

/// Commands that the writer finds all at once, in batches as large as there are.
final class Flood: Sendable {
    private let engine: ClinicEngine
    private let gate = DispatchSemaphore(value: 0)
    private let outcomes = Mutex<[Int: Outcome]>([:])
    private let sent = Mutex(0)

    /// Holds the writer up until `release`.
    init(_ engine: ClinicEngine) async {
        self.engine = engine
        await withCheckedContinuation { continuation in
            _ = engine.writer.queue.add(
                .aside { [gate] _ in
                    continuation.resume()
                    gate.wait()
                })
        }
    }

    func send(_ command: any Command, by credentials: Credentials = user(), key: IdempotencyKey = .make()) {
        let number = sent.withLock { sent in
            sent += 1
            return sent - 1
        }
        engine.send(Submission(sender: .door(credentials), command: command, key: key)) { [self] outcome in
            outcomes.withLock { $0[number] = outcome }
        }
    }

    func release() { gate.signal() }

    var answered: Int { outcomes.withLock { $0.count } }

    /// All outcomes, in the order of sending.
    func answers() async -> [Outcome] {
        let count = sent.withLock { $0 }
        while answered < count { await Task.yield() }
        return outcomes.withLock { outcomes in (0..<count).map { outcomes[$0]! } }
    }
}
