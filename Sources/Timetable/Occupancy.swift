/// An appointment as it occupies a therapist, a room or a client: one that stands, or one that is wanted.
public struct Occupancy: Hashable, Sendable {
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Such as a case conference: may, by override, overlap another appointment of the client.
        public static let supportive = Flags(rawValue: 1)
        /// A meeting or lunch: occupies the therapist but is no session, so that caps do not count it.
        public static let staffEvent = Flags(rawValue: 2)
    }

    public let span: Span
    /// Free time the service needs around it, 0 to 720.
    public let bufferBeforeMinutes: Int
    public let bufferAfterMinutes: Int
    /// Time the room needs, 0 to 720: to be laid out before, to be cleared after.
    public let roomSetupMinutes: Int
    public let roomTurnaroundMinutes: Int
    public let place: Place
    /// The log position of the appointment; nil for one that is only wanted. Equal ids never conflict.
    public let appointment: UInt64?
    public let flags: Flags
    /// For a hold: from this instant on it occupies nothing, whether or not its lapse has been recorded (INV-SCHED-20).
    public let lapsesAtMs: Int64?

    /// Minutes are bounded to 0...720: appointments more than twelve hours apart never bear on each other.
    public init(
        span: Span, place: Place, appointment: UInt64?, bufferBeforeMinutes: Int = 0, bufferAfterMinutes: Int = 0,
        roomSetupMinutes: Int = 0, roomTurnaroundMinutes: Int = 0, flags: Flags = [], lapsesAtMs: Int64? = nil
    ) {
        self.span = span
        self.place = place
        self.appointment = appointment
        self.bufferBeforeMinutes = Self.bounded(bufferBeforeMinutes)
        self.bufferAfterMinutes = Self.bounded(bufferAfterMinutes)
        self.roomSetupMinutes = Self.bounded(roomSetupMinutes)
        self.roomTurnaroundMinutes = Self.bounded(roomTurnaroundMinutes)
        self.flags = flags
        self.lapsesAtMs = lapsesAtMs
    }

    /// Appointments this far apart are never compared.
    public static let reachMinutes = 720

    static func bounded(_ minutes: Int) -> Int { min(max(minutes, 0), reachMinutes) }

    public var startMs: Int64 { span.startMs }
    public var endMs: Int64 { span.endMs }

    /// Whether it still occupies at `nowMs`.
    public func occupies(atMs nowMs: Int64) -> Bool { lapsesAtMs.map { nowMs < $0 } ?? true }

    /// The same, elsewhere in time.
    public func moved(to span: Span) -> Occupancy {
        Occupancy(
            span: span, place: place, appointment: appointment, bufferBeforeMinutes: bufferBeforeMinutes,
            bufferAfterMinutes: bufferAfterMinutes, roomSetupMinutes: roomSetupMinutes,
            roomTurnaroundMinutes: roomTurnaroundMinutes, flags: flags, lapsesAtMs: lapsesAtMs)
    }

    /// Whether `other` can be in the way of this one at all.
    func contends(with other: Occupancy, nowMs: Int64) -> Bool {
        other.occupies(atMs: nowMs) && (appointment == nil || appointment != other.appointment)
    }
}
