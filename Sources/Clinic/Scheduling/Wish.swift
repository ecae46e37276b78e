import Schema
import Timetable

/// What somebody wants on the calendar: the common part of booking, moving and reassigning.
struct Wish {
    var client: UInt64
    var staff: UInt64
    var service: UInt64
    var location: UInt64?
    var room: UInt64?
    var start: LocalDateTime
    var minutes: Int
    var modality: WireModality
    /// The appointment that is being moved, which is not in its own way.
    var moving: UInt64?
    var supportive: Bool
    /// Kinds of conflict that are known and accepted.
    var accepted: Set<ConflictClass.Value> = []
    var reason: String?
    /// Booked after it took place.
    var isRetrospective = false
}

/// Where the wish is to be placed, once its parts are known to exist and to fit together.
struct Venue {
    var zone: Zone
    var site: UInt64?
    var location: UInt64?
    var needsRoom: Bool
}

/// A wish that can be recorded.
struct Arranged {
    var arrangement: Arrangement
    var overridden: [Conflict]
}
