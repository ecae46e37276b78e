import Testing
import Timetable

@Suite struct SlotRequestTests {
    private func search(
        duration: Int = 50, step: Int = 15, limit: Int = 10, from: String = "2026-03-02", to: String = "2026-03-03",
        now: Int64 = 0, audience: SlotRequest.Audience = .staff, change: (inout SlotRequest) -> Void = { _ in }
    ) throws -> [Slot] {
        var request = SlotRequest(
            service: 1, modality: .online, durationMinutes: duration, from: try date(from), to: try date(to),
            nowMs: now,
            audience: audience, stepMinutes: step, limit: limit)
        change(&request)
        let open = SpanSet([try span("2026-03-02T09:00", "2026-03-02T12:00")])
        let site = CandidateSite(site: .online, zone: try zone("UTC"), needsRoom: false)
        let therapist = CandidateTherapist(
            id: 1, presences: [.init(siteIndex: 0, open: open, place: .online)], occupancies: [], zone: try zone("UTC"))
        return try SlotSearch(request: request, sites: [site], therapists: [therapist]).slots()
    }

    @Test func `slots lie on the step, inside one opening, and end where it ends`() throws {
        let slots = try search(duration: 60, step: 60)
        let starts = try ["2026-03-02T09:00", "2026-03-02T10:00", "2026-03-02T11:00"].map { try utc($0) }
        #expect(slots.map(\.startMs) == starts)
    }

    @Test func `a request out of bounds is refused by name`() throws {
        #expect(throws: SlotRequest.Problem.durationOutOfRange) { try search(duration: 0) }
        #expect(throws: SlotRequest.Problem.durationOutOfRange) { try search(duration: .max) }
        #expect(throws: SlotRequest.Problem.stepOutOfRange) { try search(step: 0) }
        #expect(throws: SlotRequest.Problem.limitOutOfRange) { try search(limit: .max) }
        #expect(throws: SlotRequest.Problem.dateRangeOutOfRange) { try search(to: "2026-03-02") }
        #expect(throws: SlotRequest.Problem.dateRangeOutOfRange) { try search(from: "0001-01-01", to: "9999-12-31") }
        #expect(throws: SlotRequest.Problem.nowOutOfRange) { try search(now: .max) }
        #expect(throws: SlotRequest.Problem.weekdayOutOfRange) { try search { $0.weekdays = [0] } }
        #expect(throws: SlotRequest.Problem.participantsOutOfRange) { try search { $0.people = -1 } }
        let empty = try time("10:00")
        #expect(throws: SlotRequest.Problem.timeWindowEmpty) { try search { $0.times = [(empty, empty)] } }
    }

    @Test func `notice and horizon bind clients, at both edges`() throws {
        let now = try utc("2026-03-02T08:00")
        let audience = SlotRequest.Audience.client(minNoticeMinutes: 120, horizonMinutes: 180)
        let starts = try ["2026-03-02T10:00", "2026-03-02T10:30"].map { try utc($0) }
        #expect(try search(step: 30, now: now, audience: audience).map(\.startMs) == starts)
        let absurd = SlotRequest.Audience.client(minNoticeMinutes: .max, horizonMinutes: .max)
        #expect(try search(now: now, audience: absurd).isEmpty)
        let backwards = SlotRequest.Audience.client(minNoticeMinutes: .min, horizonMinutes: .max)
        #expect(try search(now: now, audience: backwards).count == 9)
    }

    @Test func `what has begun is not offered`() throws {
        let slots = try search(now: utc("2026-03-02T11:00"))
        #expect(slots.isEmpty)
        #expect(try search(now: utc("2026-03-02T11:00") - 1).map(\.startMs) == [utc("2026-03-02T11:00")])
    }
}
