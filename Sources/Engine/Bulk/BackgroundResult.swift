import Dispatch
import Synchronization

/// What a thread of its own comes to.
final class BackgroundResult: Sendable {
    private let failure = Mutex<(any Error)?>(nil)
    private let ended = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Void) {
        DispatchQueue(label: "beside").async { [self] in
            do {
                try body()
            } catch {
                failure.withLock { $0 = error }
            }
            ended.signal()
        }
    }

    /// Waits for its end, once.
    func get() throws {
        ended.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
