/// Chooses a room for a slot. What a room refuses is worked out once, when it is first asked.
struct RoomFinder {
    struct Answer {
        /// Nil when the site needs no room.
        let id: UInt64?
    }

    private struct Choice {
        let id: UInt64
        let blockedStarts: SpanSet
    }

    private let request: SlotRequest
    private let sites: [CandidateSite]
    /// By site, in the order of choice.
    private var choices: [Int: [Choice]] = [:]

    init(request: SlotRequest, sites: [CandidateSite]) {
        self.request = request
        self.sites = sites
    }

    /// Nil when no room is free. The therapist's preferred room first, else the smallest that is large enough, then by sort
    /// key and id.
    mutating func room(for span: Span, _ presence: CandidateTherapist.Presence) -> Answer? {
        guard sites[presence.siteIndex].needsRoom else { return Answer(id: nil) }
        let choices = choices(at: presence.siteIndex)
        func isFree(_ choice: Choice) -> Bool { !choice.blockedStarts.contains(ms: span.startMs) }
        if let preferred = choices.first(where: { $0.id == presence.preferredRoom }), isFree(preferred) {
            return Answer(id: preferred.id)
        }
        return choices.first(where: isFree).map { Answer(id: $0.id) }
    }

    private mutating func choices(at siteIndex: Int) -> [Choice] {
        if let known = choices[siteIndex] { return known }
        let made = sites[siteIndex].rooms
            .filter {
                $0.concurrent >= 1 && $0.capacity >= request.people && $0.features.isSuperset(of: request.roomFeatures)
            }
            .sorted { ($0.capacity, $0.sortKey, $0.id) < ($1.capacity, $1.sortKey, $1.id) }
            .map { Choice(id: $0.id, blockedStarts: blockedStarts($0)) }
        choices[siteIndex] = made
        return made
    }

    private func blockedStarts(_ room: CandidateRoom) -> SpanSet {
        let durationMs = Int64(request.durationMinutes) * 60_000
        let wanted = request.occupancy(Span(uncheckedStartMs: 0, endMs: durationMs), at: .online)
        return RoomRule(concurrent: room.concurrent, nowMs: request.nowMs)
            .blockedStarts(of: wanted, by: room.occupancies)
            .union(room.closed.startsOverlapping(durationMs: durationMs))
    }
}
