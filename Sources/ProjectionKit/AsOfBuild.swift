import Foundation

/// One read model of a former time, on its way: built by one thread, waited for by any.
final class AsOfBuild: @unchecked Sendable {
    // Unchecked: everything mutable is guarded by `condition`.
    enum Outcome {
        case building(progressPermille: Int)
        case built(any Sendable)
        case failed(any Error)
    }

    private let condition = NSCondition()
    private let begun = DispatchTime.now()
    private var outcome = Outcome.building(progressPermille: 0)
    private var told = false

    func report(progressPermille: Int) {
        condition.lock()
        outcome = .building(progressPermille: progressPermille)
        condition.unlock()
    }

    func end(_ result: Result<any Sendable, any Error>) {
        condition.lock()
        switch result {
        case .success(let generation): outcome = .built(generation)
        case .failure(let error): outcome = .failed(error)
        }
        condition.broadcast()
        condition.unlock()
    }

    /// Tells it to end without a result.
    func cancel() {
        condition.lock()
        told = true
        condition.unlock()
    }

    var isToldToEnd: Bool {
        condition.lock()
        defer { condition.unlock() }
        return told
    }

    /// How it stands, at the latest `patience` after it began: who joins late does not wait anew.
    func wait(patience: TimeInterval) -> Outcome {
        let elapsed = Double(DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1e9
        let deadline = Date(timeIntervalSinceNow: patience - elapsed)
        condition.lock()
        defer { condition.unlock() }
        while case .building = outcome {
            guard condition.wait(until: deadline) else { break }
        }
        return outcome
    }
}
