import Foundation
import LMDBKit

/// The engine's only source of time. Tests and generators give their own; the daemon has only the real one.
public struct EngineClock: Sendable {
    /// Milliseconds UTC.
    public var nowMs: @Sendable () -> Int64
    /// Milliseconds since the machine was booted, sleep included; nil for a clock that cannot jump.
    public var sinceBootMs: (@Sendable () -> Int64)?
    /// Names the machine's present boot, which `sinceBootMs` counts from.
    public var bootID: String
    /// Nothing that happens under this clock is real.
    public var isSimulated: Bool

    public init(
        nowMs: @escaping @Sendable () -> Int64, sinceBootMs: (@Sendable () -> Int64)? = nil,
        bootID: String = TrustMark.currentBootID, isSimulated: Bool = true
    ) {
        self.nowMs = nowMs
        self.sinceBootMs = sinceBootMs
        self.bootID = bootID
        self.isSimulated = isSimulated
    }

    public static let real = EngineClock(
        nowMs: { milliseconds(of: CLOCK_REALTIME) }, sinceBootMs: { milliseconds(of: CLOCK_BOOTTIME) },
        isSimulated: false)

    private static func milliseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
