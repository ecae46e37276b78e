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

    private struct Contents {
        var windows: [Key: Denial] = [:]
        /// Windows that a new one has taken the place of before they were told.
        var replaced: [Denial] = []
    }

    private let contents = Mutex(Contents())
    /// More than this many callers at once are counted under none.
    private static let keysMax = 10_000

    /// Whether this one is to be recorded; a repeat is only counted.
    func isFirst(_ denial: Denial) -> Bool {
        let key = Key(uid: denial.caller.door.uid, token: denial.caller.door.token, permission: denial.permission)
        return contents.withLock { contents in
            if let known = contents.windows[key] {
                guard denial.windowAtMs >= known.windowAtMs + LookWindows.windowMs else {
                    contents.windows[key]?.repeats += 1
                    return false
                }
                if known.repeats > 0 { contents.replaced.append(known) }
                contents.windows[key] = nil
            }
            guard contents.windows.count < Self.keysMax else { return false }
            contents.windows[key] = denial
            return true
        }
    }

    /// What is to be recorded of a refusal; nil for one that is only counted.
    func first(
        _ refusal: Refusal, to credentials: Credentials, asking name: String, _ permission: Permission,
        by access: AccessTable, nowMs: Int64
    ) -> Denial? {
        let denial = Denial(
            caller: access.anyone(showing: credentials, nowMs: nowMs), name: name, permission: permission,
            status: refusal.status, windowAtMs: nowMs)
        return isFirst(denial) ? denial : nil
    }

    /// This one was not recorded after all, so that the next is the first.
    func forget(_ denial: Denial) {
        let key = Key(uid: denial.caller.door.uid, token: denial.caller.door.token, permission: denial.permission)
        contents.withLock { _ = $0.windows.removeValue(forKey: key) }
    }

    /// Windows that have ended, with the repeats counted in them.
    func ended(nowMs: Int64) -> [Denial] {
        contents.withLock { contents in
            let over = contents.windows.filter { nowMs >= $0.value.windowAtMs + LookWindows.windowMs }
            for key in over.keys { contents.windows[key] = nil }
            defer { contents.replaced = [] }
            // Those of one moment in an order of their own, so that the same history makes the same log.
            return (contents.replaced + over.values.filter { $0.repeats > 0 }).sorted {
                ($0.windowAtMs, $0.caller.door.uid, $0.caller.door.token, $0.permission.rawValue)
                    < ($1.windowAtMs, $1.caller.door.uid, $1.caller.door.token, $1.permission.rawValue)
            }
        }
    }
}
