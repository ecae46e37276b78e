/// A room that slots may be offered in: active, in its location.
public struct CandidateRoom: Sendable {
    public let id: UInt64
    public let capacity: Int
    /// How many appointments it holds at once.
    public let concurrent: Int
    public let sortKey: Int
    public let features: Set<String>
    /// Time for which the room is not to be had, beside its appointments.
    public let closed: SpanSet
    /// Everything in the room from a day before the range until a day after it, in any order.
    public let occupancies: [Occupancy]

    public init(
        id: UInt64, capacity: Int, concurrent: Int = 1, sortKey: Int = 0, features: Set<String> = [],
        closed: SpanSet = SpanSet(), occupancies: [Occupancy]
    ) {
        self.id = id
        self.capacity = capacity
        self.concurrent = concurrent
        self.sortKey = sortKey
        self.features = features
        self.closed = closed
        self.occupancies = occupancies
    }
}

/// Where slots may be: a location with its rooms, or online.
public struct CandidateSite: Sendable {
    public let site: Site
    /// Of the therapist's home for `.online`.
    public let zone: Zone
    /// Whether a slot needs one of `rooms`; an online slot may, for privacy.
    public let needsRoom: Bool
    public let rooms: [CandidateRoom]

    public init(site: Site, zone: Zone, needsRoom: Bool, rooms: [CandidateRoom] = []) {
        self.site = site
        self.zone = zone
        self.needsRoom = needsRoom
        self.rooms = rooms
    }
}

/// A therapist who gives the service, may give it to the client, and takes the client.
public struct CandidateTherapist {
    /// Where and when the therapist is open for the wish.
    public struct Presence: Sendable {
        /// Which of the search's sites.
        public let siteIndex: Int
        /// Open time, occupied or not: `Openings.open` from the request's `from` to its `openUntil`.
        public let open: SpanSet
        /// Where a session would be.
        public let place: Place
        public let preferredRoom: UInt64?

        public init(siteIndex: Int, open: SpanSet, place: Place, preferredRoom: UInt64? = nil) {
            self.siteIndex = siteIndex
            self.open = open
            self.place = place
            self.preferredRoom = preferredRoom
        }
    }

    public let id: UInt64
    public let sortKey: Int
    /// Whether the therapist is the client's primary one.
    public let isPrimary: Bool
    public let presences: [Presence]
    /// Everything that occupies the therapist from a day before the range until a day after it, and for caps the whole
    /// weeks of the range; in any order.
    public let occupancies: [Occupancy]
    public let travel: Travel
    public let caps: Caps
    /// In which sessions are counted per day and week.
    public let zone: Zone

    public init(
        id: UInt64, sortKey: Int = 0, isPrimary: Bool = false, presences: [Presence], occupancies: [Occupancy],
        travel: Travel = .none, caps: Caps = Caps(), zone: Zone
    ) {
        self.id = id
        self.sortKey = sortKey
        self.isPrimary = isPrimary
        self.presences = presences
        self.occupancies = occupancies
        self.travel = travel
        self.caps = caps
        self.zone = zone
    }
}

/// A free slot.
public struct Slot: Hashable, Sendable {
    public let startMs: Int64
    public let endMs: Int64
    public let staff: UInt64
    public let site: Site
    public let room: UInt64?

    public init(startMs: Int64, endMs: Int64, staff: UInt64, site: Site, room: UInt64?) {
        self.startMs = startMs
        self.endMs = endMs
        self.staff = staff
        self.site = site
        self.room = room
    }
}
