/// What a free slot is searched for.
public struct SlotRequest: Sendable {
    public enum Audience: Hashable, Sendable {
        /// Bound by no notice and no horizon (INV-SCHED-11).
        case staff
        /// Bookable from `minNoticeMinutes` after now until before `horizonMinutes` after now.
        case client(minNoticeMinutes: Int, horizonMinutes: Int)
    }

    /// Why a request is none.
    public enum Problem: String, Error, Hashable, Sendable {
        case durationOutOfRange
        case stepOutOfRange
        case limitOutOfRange
        case dateRangeOutOfRange
        case weekdayOutOfRange
        case timeWindowEmpty
        case nowOutOfRange
        case participantsOutOfRange
    }

    public let service: UInt64
    public let modality: Modality
    /// 1 to 1440.
    public let durationMinutes: Int
    /// Of the service, see `Occupancy`.
    public var bufferBeforeMinutes = 0
    public var bufferAfterMinutes = 0
    public var roomSetupMinutes = 0
    public var roomTurnaroundMinutes = 0
    /// Slots start on these dates of the site's calendar, `to` excluded; at most 366.
    public let from: LocalDate
    public let to: LocalDate
    public let nowMs: Int64
    public let audience: Audience
    /// Starts are multiples of this from 00:00 by the wall clock, every day anew. 1 to 1440.
    public let stepMinutes: Int
    /// The most slots wanted, 1 to 10,000.
    public var limit: Int
    /// ISO weekdays on which slots may start; nil for all.
    public var weekdays: Set<Int>?
    /// Times of the day from (included) until (excluded) which slots may start; nil for all.
    public var times: [(from: LocalTime, to: LocalTime)]?
    /// Everybody who must fit into the room, facilitators included.
    public var people = 2
    public var roomFeatures: Set<String> = []
    /// When an appointment is to be moved: itself, not in its own way.
    public var moving: UInt64?

    public init(
        service: UInt64, modality: Modality, durationMinutes: Int, from: LocalDate, to: LocalDate, nowMs: Int64,
        audience: Audience = .staff, stepMinutes: Int = 15, limit: Int = 50
    ) {
        self.service = service
        self.modality = modality
        self.durationMinutes = durationMinutes
        self.from = from
        self.to = to
        self.nowMs = nowMs
        self.audience = audience
        self.stepMinutes = stepMinutes
        self.limit = limit
    }

    public var wish: OpeningWish {
        if case .client = audience { return OpeningWish(service: service, modality: modality, byClient: true) }
        return OpeningWish(service: service, modality: modality)
    }

    /// Until before which date open time has to be known: sessions that start on the last date may end on the next.
    public var openUntil: LocalDate { to.adding(days: 1) ?? to }

    func validate() throws(Problem) {
        guard (1...1_440).contains(durationMinutes) else { throw .durationOutOfRange }
        guard (1...1_440).contains(stepMinutes) else { throw .stepOutOfRange }
        guard (1...10_000).contains(limit) else { throw .limitOutOfRange }
        guard (1...366).contains(from.days(until: to)) else { throw .dateRangeOutOfRange }
        guard weekdays?.allSatisfy({ (1...7).contains($0) }) ?? true else { throw .weekdayOutOfRange }
        guard times?.allSatisfy({ $0.from < $0.to }) ?? true else { throw .timeWindowEmpty }
        guard Zone.instantsMs.contains(nowMs) else { throw .nowOutOfRange }
        guard people >= 0 else { throw .participantsOutOfRange }
    }

    /// The appointment that a slot would become.
    func occupancy(_ span: Span, at place: Place) -> Occupancy {
        Occupancy(
            span: span, place: place, appointment: moving, bufferBeforeMinutes: bufferBeforeMinutes,
            bufferAfterMinutes: bufferAfterMinutes, roomSetupMinutes: roomSetupMinutes,
            roomTurnaroundMinutes: roomTurnaroundMinutes)
    }

    /// Instants at which the audience may book a start; nil when none.
    var bookableMs: Range<Int64>? {
        // What has begun cannot be booked any more (INV-SCHED-09).
        guard nowMs < Zone.instantsMs.upperBound else { return nil }
        let next = nowMs + 1
        guard case .client(let notice, let horizon) = audience else { return next..<Zone.instantsMs.upperBound }
        let earliest = max(next, nowMs.addedClamped(Int64(clamping: notice).multipliedClamped(by: 60_000)))
        let latest = nowMs.addedClamped(Int64(clamping: horizon).multipliedClamped(by: 60_000))
        return earliest < latest ? earliest..<latest : nil
    }

    func admitsStart(_ reading: LocalDateTime) -> Bool {
        if let weekdays, !weekdays.contains(reading.date.weekday) { return false }
        guard let times else { return true }
        let minute = reading.minuteOfDay
        return times.contains { $0.from.minutes <= minute && minute < $0.to.minutes }
    }
}

extension Int64 {
    func addedClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
