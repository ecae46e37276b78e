import Engine
import Synchronization

/// A clock that goes when it is told to, and never back.
final class DemoClock: Sendable {
    private let ms: Mutex<Int64>

    init(atMs: Int64) { ms = Mutex(atMs) }

    var nowMs: Int64 { ms.withLock { $0 } }

    func advance(toMs: Int64) {
        ms.withLock { ms in
            precondition(toMs >= ms, "time moves forward only")
            ms = toMs
        }
    }

    /// The same clock as the engine reads it. Nothing that happens under it is real.
    var engineClock: EngineClock { EngineClock(nowMs: { self.nowMs }, isSimulated: true) }
}
