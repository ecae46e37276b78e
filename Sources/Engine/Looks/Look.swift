import Clinic
import Schema

/// Somebody looks at private fields of some people, of one category, for one purpose.
struct Look: Sendable {
    var caller: Caller
    var role: Role.Value
    var purpose: Purpose.Value
    var query: String
    var category: Category.Value
    /// Only 0 when it is about nobody in particular.
    var people: [UInt64]
    /// Looks after the first, which are told at the end of their window; 0 for the first.
    var repeats: UInt32 = 0
    var windowAtMs: Int64

    /// As an event names at most this many people, a longer list is told in several.
    static let peopleMax = 4_000

    var drafts: [Draft] {
        stride(from: 0, to: max(people.count, 1), by: Self.peopleMax).map { start in
            let part = Array(people[start..<min(start + Self.peopleMax, people.count)])
            var event = RecordAccessed()
            event.query = query
            event.category = category
            event.people = part.filter { $0 != 0 }
            event.repeats = repeats
            event.windowAt = windowAtMs
            // The event itself lists them; as subjects they would be written twice.
            return Draft(event, about: [])
        }
    }
}

/// Somebody was turned away.
struct Denial: Sendable {
    var caller: Caller
    var name: String
    var permission: Permission
    var status: Int
    var repeats: UInt32 = 0
    var windowAtMs: Int64

    var draft: Draft {
        var event = AccessDenied()
        event.name = name
        event.permission = permission.rawValue
        event.status = UInt32(status)
        event.repeats = repeats
        event.windowAt = windowAtMs
        return Draft(event, about: caller.staff == 0 ? [] : [Subject(.staff, caller.staff)])
    }
}
