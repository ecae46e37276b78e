/// The search for free slots: exactly those that could be booked (INV-AVAIL-09), in a fixed order.
///
/// It asks the same rules as a booking does, but for whole stretches of starts at a time. Equal input gives equal slots.
public struct SlotSearch {
    public var request: SlotRequest
    public var sites: [CandidateSite]
    public var therapists: [CandidateTherapist]
    /// Everything that occupies the client, who may not be known.
    public var clientOccupancies: [Occupancy]

    public init(
        request: SlotRequest, sites: [CandidateSite], therapists: [CandidateTherapist],
        clientOccupancies: [Occupancy] = []
    ) {
        self.request = request
        self.sites = sites
        self.therapists = therapists
        self.clientOccupancies = clientOccupancies
    }

    /// At most `limit` slots: by start, the client's primary therapist first, then the therapist's sort key and id, then
    /// the order of `sites`.
    public func slots() throws(SlotRequest.Problem) -> [Slot] {
        try request.validate()
        guard let bookable = request.bookableMs else { return [] }
        var rooms = RoomFinder(request: request, sites: sites)
        let clientBlocked = blockedByClient()
        var found: [Ranked] = []
        for therapist in therapists {
            let ledger = CapLedger(
                therapist.caps, zone: therapist.zone, sessions: therapist.occupancies, nowMs: request.nowMs,
                except: request.moving)
            for presence in therapist.presences where sites.indices.contains(presence.siteIndex) {
                let starts = freeStarts(of: therapist, presence).subtracting(clientBlocked)
                var count = 0
                // No more than `limit` of one presence can be among the first `limit` of all.
                forEachStart(in: starts, of: sites[presence.siteIndex].zone, bookable: bookable) { span in
                    guard !ledger.exceeds(span), let room = rooms.room(for: span, presence) else { return true }
                    found.append(Ranked(span: span, therapist: therapist, presence: presence, room: room.id))
                    count += 1
                    return count < request.limit
                }
            }
        }
        return found.sorted().prefix(request.limit).map { $0.slot(sites) }
    }

    private var durationMs: Int64 { Int64(request.durationMinutes) * 60_000 }

    /// Any appointment of the wanted length: rules that sweep ask for its length, buffers and place, not for its time.
    private func pattern(at place: Place) -> Occupancy {
        request.occupancy(Span(uncheckedStartMs: 0, endMs: durationMs), at: place)
    }

    private func freeStarts(of therapist: CandidateTherapist, _ presence: CandidateTherapist.Presence) -> SpanSet {
        let rule = TherapistRule(travel: therapist.travel, nowMs: request.nowMs)
        let wanted = pattern(at: presence.place)
        let blocked = SpanSet(therapist.occupancies.compactMap { rule.blockedStarts(of: wanted, by: $0) })
        return presence.open.starts(ofDurationMs: durationMs).subtracting(blocked)
    }

    private func blockedByClient() -> SpanSet {
        let wanted = pattern(at: .online)
        let busy = clientOccupancies.filter { wanted.contends(with: $0, nowMs: request.nowMs) }.map(\.span)
        return SpanSet(busy).startsOverlapping(durationMs: durationMs)
    }

    /// Calls `body` with each slot that starts within `starts` on a step, ascending, until it answers false.
    ///
    /// Steps are counted on the wall clock. A reading that occurs twice is offered once, at its first occurrence: that is
    /// the one a booking of the reading takes.
    private func forEachStart(in starts: SpanSet, of zone: Zone, bookable: Range<Int64>, _ body: (Span) -> Bool) {
        guard let dates = zone.span(from: request.from, to: request.to),
            let bounds = Span(
                startMs: max(dates.startMs, bookable.lowerBound), endMs: min(dates.endMs, bookable.upperBound))
        else { return }
        for stretch in starts.clipped(to: bounds).spans {
            var wall = firstStep(atOrAfter: zone.wallMinutes(ofMs: stretch.startMs))
            while let reading = LocalDateTime(wallMinutes: wall) {
                let resolution = zone.resolve(reading)
                wall = firstStep(atOrAfter: wall + 1)
                // Shifted out of a gap it would lie after readings that are yet to come, and end the stretch too soon.
                if resolution.reading == .gapShifted { continue }
                guard resolution.plannedMs < stretch.endMs else { break }
                guard resolution.plannedMs >= stretch.startMs, request.admitsStart(reading) else { continue }
                let startMs = resolution.plannedMs
                guard body(Span(uncheckedStartMs: startMs, endMs: startMs + durationMs)) else { return }
            }
        }
    }

    private func firstStep(atOrAfter wall: Int64) -> Int64 {
        let step = Int64(request.stepMinutes)
        let midnight = floorDivide(wall, CivilCalendar.minutesPerDay) * CivilCalendar.minutesPerDay
        let next = midnight + (wall - midnight + step - 1) / step * step
        return min(next, midnight + CivilCalendar.minutesPerDay)
    }
}

/// A slot with what orders it.
private struct Ranked: Comparable {
    let span: Span
    let staff: UInt64
    let siteIndex: Int
    let room: UInt64?
    private let secondary: Int
    private let sortKey: Int

    init(span: Span, therapist: CandidateTherapist, presence: CandidateTherapist.Presence, room: UInt64?) {
        self.span = span
        self.room = room
        staff = therapist.id
        siteIndex = presence.siteIndex
        secondary = therapist.isPrimary ? 0 : 1
        sortKey = therapist.sortKey
    }

    func slot(_ sites: [CandidateSite]) -> Slot {
        Slot(startMs: span.startMs, endMs: span.endMs, staff: staff, site: sites[siteIndex].site, room: room)
    }

    static func < (left: Ranked, right: Ranked) -> Bool {
        (left.span.startMs, left.secondary, left.sortKey, left.staff, left.siteIndex)
            < (right.span.startMs, right.secondary, right.sortKey, right.staff, right.siteIndex)
    }
}
