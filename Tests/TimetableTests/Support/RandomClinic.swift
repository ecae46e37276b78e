import Testing
import Timetable

/// A small random clinic around the days on which a zone changes its clocks.
struct RandomClinic {
    var search: SlotSearch
    /// What the therapists' open time was made of, by therapist and presence.
    var openings: [[Openings]] = []

    init(_ random: inout SeededGenerator) throws {
        let zone = try zone(
            ["America/New_York", "Europe/London", "Australia/Lord_Howe", "UTC"].randomElement(using: &random)!)
        let from = try date(
            ["2026-03-07", "2026-10-24", "2026-10-31", "2026-10-03", "2026-04-04"].randomElement(using: &random)!)
        let to = try #require(from.adding(days: .random(in: 1...3, using: &random)))
        let base = zone.startOfDayMs(from)
        let audience: SlotRequest.Audience =
            .random(using: &random) ? .staff : .client(minNoticeMinutes: 90, horizonMinutes: 2_000)
        var request = SlotRequest(
            service: 1, modality: [.inPerson, .online].randomElement(using: &random)!,
            durationMinutes: [20, 50, 90].randomElement(using: &random)!, from: from, to: to,
            nowMs: base + .random(in: -200...900, using: &random) * 60_000, audience: audience,
            stepMinutes: [15, 25, 60].randomElement(using: &random)!, limit: 10_000)
        request.bufferBeforeMinutes = .random(in: 0...15, using: &random)
        request.bufferAfterMinutes = .random(in: 0...15, using: &random)
        request.roomSetupMinutes = .random(in: 0...10, using: &random)
        request.roomTurnaroundMinutes = .random(in: 0...10, using: &random)
        if .random(using: &random) { request.weekdays = [1, 7] }
        if .random(using: &random) {
            request.times = [(try time("00:30"), try time("12:00")), (try time("20:00"), .endOfDay)]
        }
        if .random(using: &random) { request.moving = 3 }
        let sites = [
            CandidateSite(
                site: .location(1), zone: zone, needsRoom: request.modality == .inPerson,
                rooms: (0..<Int.random(in: 0...3, using: &random)).map { Self.room(UInt64($0), base, &random) }),
            CandidateSite(site: .online, zone: Zone("Europe/London") ?? zone, needsRoom: false),
        ]
        search = SlotSearch(
            request: request, sites: sites, therapists: [],
            clientOccupancies: Self.occupancies(.random(in: 0...2, using: &random), base, &random))
        for id in 0..<UInt64.random(in: 1...3, using: &random) { try addTherapist(id, base, zone, &random) }
    }

    private mutating func addTherapist(
        _ id: UInt64, _ base: Int64, _ zone: Zone, _ random: inout SeededGenerator
    ) throws {
        let made = try search.sites.map { try Self.openings(in: $0.zone, base, &random) }
        openings.append(made)
        let request = search.request
        let presences = made.enumerated().map { index, openings in
            CandidateTherapist.Presence(
                siteIndex: index, open: openings.open(for: request.wish, from: request.from, to: request.openUntil),
                place: index == 0 ? .location(1) : .online, preferredRoom: 1)
        }
        search.therapists.append(
            CandidateTherapist(
                id: id, sortKey: .random(in: 0...1, using: &random), isPrimary: id == 1, presences: presences,
                occupancies: Self.occupancies(.random(in: 0...5, using: &random), base, &random),
                travel: Travel(worksOnlineFrom: .random(using: &random) ? 2 : nil) { Int($0 * 10 + $1) },
                caps: .random(using: &random)
                    ? Caps() : Caps(maxSessionsPerDay: 3, maxConsecutiveMinutes: 200, minBreakMinutes: 10),
                zone: zone))
    }

    private static func openings(in zone: Zone, _ base: Int64, _ random: inout SeededGenerator) throws -> Openings {
        var blocks: [HoursBlock] = []
        for weekday in 1...7 {
            for _ in 0..<2 {
                let first = Int.random(in: 0..<96, using: &random)
                let last = Int.random(in: first + 1...96, using: &random)
                let offer = OpeningOffer(
                    services: .random(using: &random) ? nil : [.random(in: 1...2, using: &random)],
                    modalities: .random(using: &random) ? [.inPerson, .online] : [.online],
                    selfBook: .random(using: &random))
                blocks.append(
                    HoursBlock(
                        weekday: weekday, from: try #require(LocalTime(minutes: first * 15)),
                        to: try #require(LocalTime(minutes: last * 15)), offer: offer))
            }
        }
        let weekly = HoursHistory([WeeklyHours(effectiveFrom: .min, recorded: 0, blocks: blocks)])
        return Openings(
            zone: zone, weekly: weekly,
            extra: [
                ExtraOpening(span: span(base, 300, &random), overridesClosure: .random(using: &random)),
                ExtraOpening(span: span(base, 300, &random), overridesClosure: true),
            ],
            closures: [Closure(kind: .closure, extent: .span(span(base, 400, &random)))],
            locationHours: .random(using: &random) ? weekly : nil, timeOff: SpanSet([span(base, 200, &random)]))
    }

    private static func room(_ id: UInt64, _ base: Int64, _ random: inout SeededGenerator) -> CandidateRoom {
        CandidateRoom(
            id: id, capacity: .random(in: 1...4, using: &random), concurrent: .random(in: 1...2, using: &random),
            sortKey: .random(in: 0...1, using: &random), closed: SpanSet([span(base, 100, &random)]),
            occupancies: occupancies(.random(in: 0...12, using: &random), base, &random))
    }

    private static func occupancies(_ count: Int, _ base: Int64, _ random: inout SeededGenerator) -> [Occupancy] {
        (0..<count).map { _ in
            Occupancy(
                span: span(base, 120, &random),
                place: [.location(1), .location(2), .online, .home(travelMinutes: 17)].randomElement(using: &random)!,
                appointment: .random(in: 1...9, using: &random),
                bufferBeforeMinutes: .random(in: 0...20, using: &random),
                bufferAfterMinutes: .random(in: 0...20, using: &random),
                roomSetupMinutes: .random(in: 0...20, using: &random),
                roomTurnaroundMinutes: .random(in: 0...20, using: &random),
                flags: .random(using: &random) ? [] : .staffEvent,
                lapsesAtMs: .random(using: &random) ? nil : base + .random(in: -200...900, using: &random) * 60_000)
        }
    }

    /// Up to `longest` minutes, anywhere in the three days after `base` and some hours on either side.
    private static func span(_ base: Int64, _ longest: Int, _ random: inout SeededGenerator) -> Span {
        let startMs = base + Int64.random(in: -600...5_000, using: &random) * 60_000
        return Span(startMs: startMs, minutes: .random(in: 5...longest, using: &random))!
    }
}
