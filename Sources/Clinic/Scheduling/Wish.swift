import Schema
import Timetable

/// What somebody wants on the calendar: the common part of booking, moving and reassigning.
struct Wish {
    var client: UInt64
    var staff: UInt64
    var service: UInt64
    var location: UInt64?
    /// The room that was named, which is taken or none.
    var room: UInt64?
    /// Taken before any other, where it is suitable and free.
    var preferredRoom: UInt64?
    var start: LocalDateTime
    var minutes: Int
    var modality: WireModality
    /// The appointment that is being moved, which is not in its own way.
    var moving: UInt64?
    /// It has this start, or this length, already, whatever the grid says.
    var keepsStart = false
    var keepsMinutes = false
    var supportive: Bool
    /// Kinds of conflict that are known and accepted.
    var accepted: Set<ConflictClass.Value> = []
    var reason: String?
    /// Booked after it took place.
    var isRetrospective = false

    init(
        client: UInt64, staff: UInt64, service: UInt64, location: UInt64?, room: UInt64?, start: LocalDateTime,
        minutes: Int, modality: WireModality, moving: UInt64? = nil, supportive: Bool
    ) {
        self.client = client
        self.staff = staff
        self.service = service
        self.location = location
        self.room = room
        self.start = start
        self.minutes = minutes
        self.modality = modality
        self.moving = moving
        self.supportive = supportive
    }
}

/// Where the wish is to be placed, once its parts are known to exist and to fit together.
struct Venue {
    var zone: Zone
    var site: UInt64?
    var location: UInt64?
    var needsRoom: Bool
    var allowsRoom: Bool
}

/// A wish that can be recorded.
struct Arranged {
    var arrangement: Arrangement
    var overridden: [Conflict]
}

extension Wish {
    /// What it would take up.
    func occupancy(_ span: Span, at venue: Venue, service: ServiceDefined) -> Occupancy {
        Occupancy(
            span: span, place: Place(modality, location: venue.location), appointment: moving,
            bufferBeforeMinutes: Int(service.bufferBeforeMinutes), bufferAfterMinutes: Int(service.bufferAfterMinutes),
            flags: supportive ? .supportive : [])
    }
}
