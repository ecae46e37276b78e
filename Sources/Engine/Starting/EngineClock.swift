import Foundation

/// The engine's only source of time. Tests and generators give their own; the daemon has only the real one.
public struct EngineClock: Sendable {
    /// Milliseconds UTC.
    public var nowMs: @Sendable () -> Int64
    /// Milliseconds since the machine was booted, sleep included; nil for a clock that cannot jump.
    public var sinceBootMs: (@Sendable () -> Int64)?
    /// Nothing that happens under this clock is real.
    public var isSimulated: Bool

    public init(
        nowMs: @escaping @Sendable () -> Int64, sinceBootMs: (@Sendable () -> Int64)? = nil, isSimulated: Bool = true
    ) {
        self.nowMs = nowMs
        self.sinceBootMs = sinceBootMs
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

/// Notices when the wall clock jumps against the time since boot, within one boot.
struct ClockWatch {
    /// More than an hour is no correction but a mistake.
    static let jumpMaxMs: Int64 = 3_600_000
    private let clock: EngineClock
    private var offsetMs: Int64?

    init(_ clock: EngineClock) {
        self.clock = clock
        offsetMs = clock.sinceBootMs.map { clock.nowMs() - $0() }
    }

    /// By how much the clock has jumped, when that is too much.
    func jumpMs() -> Int64? {
        guard let offsetMs, let sinceBoot = clock.sinceBootMs else { return nil }
        let jump = clock.nowMs() - sinceBoot() - offsetMs
        return abs(jump) > Self.jumpMaxMs ? jump : nil
    }

    /// Whether somebody names the jump that is meant: between reading it and accepting it the clocks are slewed a little.
    static func isSame(_ jumpMs: Int64, _ namedMs: Int64) -> Bool {
        let (difference, overflow) = jumpMs.subtractingReportingOverflow(namedMs)
        return !overflow && difference.magnitude <= 60_000
    }

    /// The clock is right as it is now.
    mutating func accept() {
        offsetMs = clock.sinceBootMs.map { clock.nowMs() - $0() }
    }
}
