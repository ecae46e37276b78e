import Testing
import Timetable

@Suite struct SlotSearchTests {
    @Test func `the search offers exactly what a booking would accept, no more and no less`() throws {
        var random = SeededGenerator()
        var offered = 0
        for round in 0..<600 {
            let clinic = try RandomClinic(&random)
            let slots = try clinic.search.slots()
            offered += slots.count
            let expected = try bookable(in: clinic)
            #expect(slots.elementsEqual(expected), "round \(round), seed \(random.seed)")
            var few = clinic.search
            few.request.limit = 7
            #expect(try few.slots().elementsEqual(expected.prefix(7)), "round \(round), seed \(random.seed)")
        }
        #expect(offered > 1_000, "seed \(random.seed)")
    }

    @Test func `an opening that ends soon after a gap still has its slots after the gap`() throws {
        // 01:00 to 04:00 in New York, when 02:00 to 03:00 does not occur: two hours.
        #expect(
            try starts(of: "2026-03-08T06:00", until: "2026-03-08T08:00", on: "2026-03-08")
                == ["2026-03-08T06:00", "2026-03-08T06:30", "2026-03-08T07:00"].map { try utc($0) })
    }

    @Test func `a reading that occurs twice is offered at its first occurrence alone`() throws {
        // 01:00 to 02:00 occurs twice, from 05:00Z and from 06:00Z.
        #expect(
            try starts(of: "2026-11-01T05:00", until: "2026-11-01T08:00", on: "2026-11-01")
                == ["2026-11-01T05:00", "2026-11-01T05:30", "2026-11-01T07:00"].map { try utc($0) })
    }

    private func starts(of opens: String, until closes: String, on day: String) throws -> [Int64] {
        let from = try date(day)
        let zone = try zone("America/New_York")
        let request = SlotRequest(
            service: 1, modality: .online, durationMinutes: 60, from: from, to: try #require(from.adding(days: 1)),
            nowMs: 0, stepMinutes: 30)
        let therapist = CandidateTherapist(
            id: 1, presences: [.init(siteIndex: 0, open: SpanSet([try span(opens, closes)]), place: .online)],
            occupancies: [], zone: zone)
        let site = CandidateSite(site: .online, zone: zone, needsRoom: false)
        return try SlotSearch(request: request, sites: [site], therapists: [therapist]).slots().map(\.startMs)
    }

    /// Every step of every date, therapist and site, asked as a booking asks.
    private func bookable(in clinic: RandomClinic) throws -> [Slot] {
        let search = clinic.search
        let request = search.request
        var found: [(rank: [Int64], slot: Slot)] = []
        for (number, therapist) in search.therapists.enumerated() {
            for presence in therapist.presences {
                let site = search.sites[presence.siteIndex]
                for startMs in try starts(of: request, in: site.zone) {
                    let span = try #require(Span(startMs: startMs, minutes: request.durationMinutes))
                    let wanted = occupancy(request, span, presence.place)
                    let openings = clinic.openings[number][presence.siteIndex]
                    guard openings.conflicts(of: span, for: request.wish).isEmpty,
                        isFree(therapist, wanted, request), inTime(request, startMs),
                        ClientRule(nowMs: request.nowMs).conflicts(of: wanted, with: search.clientOccupancies).isEmpty
                    else { continue }
                    let room = room(for: wanted, at: site, presence, request)
                    if site.needsRoom && room == nil { continue }
                    let rank = [
                        startMs, therapist.isPrimary ? 0 : 1, Int64(therapist.sortKey), Int64(therapist.id),
                        Int64(presence.siteIndex),
                    ]
                    let slot = Slot(
                        startMs: startMs, endMs: span.endMs, staff: therapist.id, site: site.site, room: room)
                    found.append((rank, slot))
                }
            }
        }
        return found.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.slot)
    }

    private func starts(of request: SlotRequest, in zone: Zone) throws -> [Int64] {
        var starts: [Int64] = []
        var date = request.from
        while date < request.to {
            for minute in stride(from: 0, to: 1_440, by: request.stepMinutes) {
                let time = try #require(LocalTime(minutes: minute))
                let reading = try #require(LocalDateTime(date, time))
                let inWindow = request.times?.contains { $0.from <= reading.time && reading.time < $0.to } ?? true
                guard request.weekdays?.contains(date.weekday) ?? true, inWindow,
                    let first = zone.resolve(reading).instantsMs.first
                else { continue }
                starts.append(first)
            }
            date = try #require(date.adding(days: 1))
        }
        return starts
    }

    private func occupancy(_ request: SlotRequest, _ span: Span, _ place: Place) -> Occupancy {
        Occupancy(
            span: span, place: place, appointment: request.moving, bufferBeforeMinutes: request.bufferBeforeMinutes,
            bufferAfterMinutes: request.bufferAfterMinutes, roomSetupMinutes: request.roomSetupMinutes,
            roomTurnaroundMinutes: request.roomTurnaroundMinutes)
    }

    private func isFree(_ therapist: CandidateTherapist, _ wanted: Occupancy, _ request: SlotRequest) -> Bool {
        let rule = TherapistRule(travel: therapist.travel, nowMs: request.nowMs)
        let ledger = CapLedger(
            therapist.caps, zone: therapist.zone, sessions: therapist.occupancies, nowMs: request.nowMs,
            except: request.moving)
        return rule.conflicts(of: wanted, with: therapist.occupancies).isEmpty && ledger.conflicts(of: wanted).isEmpty
    }

    private func inTime(_ request: SlotRequest, _ startMs: Int64) -> Bool {
        guard startMs > request.nowMs else { return false }
        guard case .client(let notice, let horizon) = request.audience else { return true }
        return startMs >= request.nowMs + Int64(notice) * 60_000 && startMs < request.nowMs + Int64(horizon) * 60_000
    }

    private func room(
        for wanted: Occupancy, at site: CandidateSite, _ presence: CandidateTherapist.Presence, _ request: SlotRequest
    ) -> UInt64? {
        guard site.needsRoom else { return nil }
        let free = site.rooms.filter { room in
            room.capacity >= request.people && !room.closed.overlaps(wanted.span)
                && RoomRule(concurrent: room.concurrent, nowMs: request.nowMs)
                    .conflicts(of: wanted, with: room.occupancies).isEmpty
        }
        if free.contains(where: { $0.id == presence.preferredRoom }) { return presence.preferredRoom }
        return free.min { ($0.capacity, $0.sortKey, $0.id) < ($1.capacity, $1.sortKey, $1.id) }?.id
    }
}
