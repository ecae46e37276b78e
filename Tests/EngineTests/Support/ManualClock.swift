import Engine
import Synchronization

/// A clock that stands still until it is told to move.
final class ManualClock: Sendable {
    /// Monday, 2 March 2026, 08:00 UTC.
    static let startMs: Int64 = 1_772_438_400_000

    private let wallMs = Mutex(startMs)
    private let bootMs = Mutex<Int64>(1_000_000)

    var nowMs: Int64 { wallMs.withLock { $0 } }

    /// Time passes.
    func advance(ms: Int64) {
        wallMs.withLock { $0 += ms }
        bootMs.withLock { $0 += ms }
    }

    func advance(minutes: Int64) { advance(ms: minutes * 60_000) }

    /// The wall clock is set to another time, while the machine's time since its boot goes on.
    func jump(ms: Int64) { wallMs.withLock { $0 += ms } }

    /// - Parameter knowsBoot: whether jumps can be noticed.
    func clock(knowsBoot: Bool, bootID: String = "boot-1", isSimulated: Bool = true) -> EngineClock {
        let sinceBootMs: @Sendable () -> Int64 = { [self] in bootMs.withLock { $0 } }
        return EngineClock(
            nowMs: { [self] in nowMs }, sinceBootMs: knowsBoot ? sinceBootMs : nil, bootID: bootID,
            isSimulated: isSimulated)
    }
}
