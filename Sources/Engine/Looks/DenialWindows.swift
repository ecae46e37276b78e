import Clinic
import Schema
import Synchronization

/// Which denials were recorded within the last 15 minutes, so that nobody can fill the log by being turned away.
final class DenialWindows: Sendable {
    private struct Key: Hashable {
        var uid: UInt32
        var token: UInt64
        var permission: Permission
    }

    private let windows = Mutex<[Key: Denial]>([:])
    /// More than this many callers at once are counted under none.
    private static let keysMax = 10_000

    /// Whether this one is to be recorded; a repeat is only counted.
    func isFirst(_ denial: Denial) -> Bool {
        let key = Key(uid: denial.caller.door.uid, token: denial.caller.door.token, permission: denial.permission)
        return windows.withLock { windows in
            if let known = windows[key], denial.windowAtMs < known.windowAtMs + LookWindows.windowMs {
                windows[key]?.repeats += 1
                return false
            }
            guard windows.count < Self.keysMax else { return false }
            windows[key] = denial
            return true
        }
    }

    /// Windows that have ended, with the repeats counted in them.
    func ended(nowMs: Int64) -> [Denial] {
        windows.withLock { windows in
            let over = windows.filter { nowMs >= $0.value.windowAtMs + LookWindows.windowMs }
            for key in over.keys { windows[key] = nil }
            return over.values.filter { $0.repeats > 0 }.sorted { $0.windowAtMs < $1.windowAtMs }
        }
    }
}
