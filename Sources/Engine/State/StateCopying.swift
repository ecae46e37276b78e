import Dispatch

/// When the copy of the state is saved that a start after a power cut begins with: every 5 minutes, or once 100,000
/// events have come, so that little is left to replay; but never for more than a twentieth of the time.
struct StateCopying {
    private static let everySeconds = 300.0
    private static let eventsMax: UInt64 = 100_000

    private var copied: UInt64
    private var beganAt = DispatchTime.now()
    private var endedAt = DispatchTime.now()
    private var tookSeconds = 0.0

    /// - Parameter copied: the size of the log that a copy is of.
    init(copied: UInt64) { self.copied = copied }

    func isDue(size: UInt64) -> Bool {
        let elapsed = Self.seconds(from: endedAt, to: .now())
        guard size > copied, elapsed >= 20 * tookSeconds else { return false }
        return elapsed >= Self.everySeconds || size - copied >= Self.eventsMax
    }

    mutating func began() { beganAt = .now() }

    mutating func ended(size: UInt64) {
        endedAt = .now()
        tookSeconds = Self.seconds(from: beganAt, to: endedAt)
        copied = size
    }

    private static func seconds(from start: DispatchTime, to end: DispatchTime) -> Double {
        Double(end.uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    }
}
