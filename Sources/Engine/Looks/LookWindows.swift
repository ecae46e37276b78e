import Clinic
import Schema
import Synchronization

/// Which looks were recorded within the last 15 minutes: the first of a window is recorded before a box opens, repeats
/// are counted and told at its end.
final class LookWindows: Sendable {
    static let windowMs: Int64 = 15 * 60_000

    struct Key: Hashable {
        var actor: UInt64
        var uid: UInt32
        var token: UInt64
        var purpose: Purpose.Value
        var person: UInt64
        var category: Category.Value
    }

    private struct Window {
        var startMs: Int64
        var repeats: UInt32
        var look: Look

        /// Those of one moment are in an order of their own, so that the same history makes the same log.
        var order: (Int64, UInt64, UInt64, UInt64, Int, Int) {
            let door = look.caller.door
            return (
                startMs, look.people[0], look.caller.staff, UInt64(door.uid) << 32 ^ door.token,
                look.purpose.rawValue, look.category.rawValue
            )
        }
    }

    private struct Contents {
        var windows: [Key: Window] = [:]
        /// None began earlier, so that most times there is none to look for.
        var earliestMs: Int64 = .max
    }

    private let contents = Mutex(Contents())

    /// Of these people, those whose look must be recorded first; repeats of the others are counted.
    func firstLooks(of look: Look, nowMs: Int64) -> [UInt64] {
        contents.withLock { contents in
            look.people.filter { person in
                let key = Key(look, person)
                guard let window = contents.windows[key], nowMs < window.startMs + Self.windowMs else { return true }
                contents.windows[key]?.repeats += 1
                return false
            }
        }
    }

    /// These looks are recorded and durable.
    func opened(_ look: Look) {
        contents.withLock { contents in
            contents.earliestMs = min(contents.earliestMs, look.windowAtMs)
            for person in look.people {
                var own = look
                own.people = [person]
                contents.windows[Key(look, person)] = Window(startMs: look.windowAtMs, repeats: 0, look: own)
            }
        }
    }

    /// Windows that have ended, with the repeats counted in them, to be recorded now.
    func ended(nowMs: Int64) -> [Look] {
        contents.withLock { contents in
            guard contents.earliestMs < .max, nowMs >= contents.earliestMs + Self.windowMs else { return [] }
            let over = contents.windows.filter { nowMs >= $0.value.startMs + Self.windowMs }
            for key in over.keys { contents.windows[key] = nil }
            contents.earliestMs = contents.windows.values.map(\.startMs).min() ?? .max
            return over.values.filter { $0.repeats > 0 }
                .sorted { $0.order < $1.order }
                .map { window in
                    var look = window.look
                    look.repeats = window.repeats
                    return look
                }
        }
    }
}

extension LookWindows.Key {
    init(_ look: Look, _ person: UInt64) {
        self.init(
            actor: look.caller.staff, uid: look.caller.door.uid, token: look.caller.door.token, purpose: look.purpose,
            person: person, category: look.category)
    }
}
