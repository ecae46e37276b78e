import Testing
import Timetable

@Suite struct ConflictTests {
    private let day = "2026-03-02"

    private func taken(
        _ from: String, _ to: String, _ id: UInt64? = 1, at place: Place = .location(1), before: Int = 0,
        after: Int = 0,
        setup: Int = 0, turnaround: Int = 0, flags: Occupancy.Flags = [], lapsesAt: String? = nil
    ) throws -> Occupancy {
        Occupancy(
            span: try span("\(day)T\(from)", "\(day)T\(to)"), place: place, appointment: id,
            bufferBeforeMinutes: before, bufferAfterMinutes: after, roomSetupMinutes: setup,
            roomTurnaroundMinutes: turnaround, flags: flags, lapsesAtMs: try lapsesAt.map { try utc("\(day)T\($0)") })
    }

    private func therapist(
        _ wanted: Occupancy, _ others: [Occupancy], travel: Travel = .none, now: String = "00:00"
    ) throws -> [Conflict] {
        TherapistRule(travel: travel, nowMs: try utc("\(day)T\(now)")).conflicts(of: wanted, with: others)
    }

    @Test func `appointments back to back without buffers are no conflict`() throws {
        let first = try taken("10:00", "10:50")
        #expect(try therapist(taken("10:50", "11:40", nil), [first]).isEmpty)
        #expect(try therapist(taken("09:10", "10:00", nil), [first]).isEmpty)
        #expect(try therapist(taken("10:49", "11:40", nil), [first]) == [Conflict(.therapistOverlap, with: 1)])
    }

    @Test func `buffer and travel add up, and equality is enough`() throws {
        let first = try taken("10:00", "10:50", after: 10)
        let travel = Travel { from, to in from == 1 && to == 2 ? 20 : 0 }
        let there = Place.location(2)
        #expect(try therapist(taken("11:20", "12:00", nil, at: there), [first], travel: travel).isEmpty)
        let late = try therapist(taken("11:19", "12:00", nil, at: there), [first], travel: travel)
        #expect(late == [Conflict(.travel, with: 1)])
        let gap = try therapist(taken("10:59", "12:00", nil, at: there), [first], travel: travel)
        #expect(gap == [Conflict(.therapistGap, with: 1)])
    }

    @Test func `of two buffers the longer counts, not their sum`() throws {
        let first = try taken("10:00", "10:50", after: 10)
        #expect(try therapist(taken("11:05", "12:00", nil, before: 15), [first]).isEmpty)
        #expect(try therapist(taken("11:04", "12:00", nil, before: 15), [first]).map(\.kind) == [.therapistGap])
    }

    @Test func `a hold blocks until the instant it lapses, recorded or not`() throws {
        let hold = try taken("10:00", "10:50", lapsesAt: "09:30")
        let wanted = try taken("10:00", "10:50", nil)
        #expect(try therapist(wanted, [hold], now: "09:30").isEmpty)
        let before = TherapistRule(travel: .none, nowMs: try utc("\(day)T09:30") - 1)
        #expect(before.conflicts(of: wanted, with: [hold]).map(\.kind) == [.therapistOverlap])
    }

    @Test func `every appointment is compared, not only the neighbours, and the order of the answer is fixed`() throws {
        let long = try taken("08:00", "12:00", 7)
        let inside = try taken("09:00", "09:30", 3)
        let wanted = try taken("11:00", "11:30", nil)
        let after = try taken("11:30", "12:00", 5, before: 5)
        let expected = [Conflict(.therapistOverlap, with: 7), Conflict(.therapistGap, with: 5)]
        #expect(try therapist(wanted, [after, inside, long]) == expected)
        #expect(try therapist(wanted, [long, inside, after]) == expected)
    }

    @Test func `an appointment is never in its own way`() throws {
        let own = try taken("10:00", "10:50", 4)
        #expect(try therapist(taken("10:15", "11:05", 4), [own]).isEmpty)
    }

    @Test func `online takes no way unless the therapist works online from somewhere`() throws {
        let matrix: TravelMinutes = { from, to in from == to ? 0 : 30 }
        let free = Travel(minutes: matrix)
        let bound = Travel(worksOnlineFrom: 2, minutes: matrix)
        #expect(free.minutes(from: .location(1), to: .online) == 0)
        #expect(bound.minutes(from: .location(1), to: .online) == 30)
        #expect(bound.minutes(from: .phone, to: .location(2)) == 0)
        #expect(bound.minutes(from: .home(travelMinutes: 25), to: .location(2)) == 25)
        #expect(bound.minutes(from: .location(2), to: .home(travelMinutes: 25)) == 25)
        #expect(Travel { _, _ in .max }.minutes(from: .location(1), to: .location(2)) == 720)
        #expect(Travel { _, _ in .min }.minutes(from: .location(1), to: .location(2)) == 0)
    }

    @Test func `a client is never in two places at once, and buffers do not matter`() throws {
        let rule = ClientRule(nowMs: 0)
        let first = try taken("10:00", "10:50", 1, before: 30, after: 30)
        #expect(rule.conflicts(of: try taken("10:50", "11:40", nil), with: [first]).isEmpty)
        let clash = rule.conflicts(of: try taken("10:45", "11:40", nil), with: [first])
        #expect(clash == [Conflict(.clientOverlap, with: 1)])
        #expect(rule.conflicts(of: try taken("10:45", "11:40", 1), with: [first]).isEmpty)
        let conference = try taken("10:00", "10:50", 2, flags: .supportive)
        #expect(ClientRule.mayOverlap(first, conference))
        #expect(!ClientRule.mayOverlap(first, first))
        let away = try taken("11:00", "11:40", nil, at: .location(2))
        #expect(rule.shortTravel(of: away, with: [first]) { _, _ in 11 } == [1])
        #expect(rule.shortTravel(of: away, with: [first]) { _, _ in 10 }.isEmpty)
    }

    @Test func `a room needs the longer of turnaround and setup between two`() throws {
        let rule = RoomRule(nowMs: 0)
        let first = try taken("10:00", "10:50", turnaround: 10)
        #expect(rule.conflicts(of: try taken("11:00", "11:50", nil, setup: 5), with: [first]).isEmpty)
        #expect(
            rule.conflicts(of: try taken("11:00", "11:50", nil, setup: 11), with: [first]).map(\.kind) == [.roomOverlap]
        )
        #expect(rule.conflicts(of: try taken("09:10", "10:00", nil), with: [first]).isEmpty)
        #expect(rule.conflicts(of: try taken("09:10", "10:00", nil, turnaround: 1), with: [first]).count == 1)
    }

    @Test func `a shared room is full only while as many as it holds are in it at one instant`() throws {
        let others = [try taken("10:00", "10:30", 1), try taken("10:30", "11:00", 2)]
        let wanted = try taken("10:00", "11:00", nil)
        #expect(RoomRule(concurrent: 2, nowMs: 0).conflicts(of: wanted, with: others).isEmpty)
        let third = try taken("10:15", "10:20", 3)
        let full = RoomRule(concurrent: 2, nowMs: 0).conflicts(of: wanted, with: others + [third])
        #expect(full == [Conflict(.roomOverlap, with: 1), Conflict(.roomOverlap, with: 3)])
        #expect(RoomRule(concurrent: 3, nowMs: 0).conflicts(of: wanted, with: others + [third]).isEmpty)
        #expect(RoomRule(concurrent: 0, nowMs: 0).conflicts(of: wanted, with: []) == [Conflict(.roomOverlap)])
        #expect(RoomRule.capacityConflicts(participants: 7, facilitators: 1, capacity: 8).isEmpty)
        #expect(RoomRule.capacityConflicts(participants: 8, facilitators: 1, capacity: 8) == [Conflict(.capacity)])
        #expect(RoomRule.capacityConflicts(participants: .max, facilitators: 1, capacity: 8) == [Conflict(.capacity)])
    }

    @Test func `caps count sessions by local day and week, and time without a break`() throws {
        let sessions = [
            try taken("09:00", "10:00", 1), try taken("10:05", "11:00", 2),
            try taken("12:00", "12:30", 3, flags: .staffEvent),
        ]
        func conflicts(_ caps: Caps, _ from: String, _ to: String, except: UInt64? = nil) throws -> [Conflict] {
            CapLedger(caps, zone: try zone("UTC"), sessions: sessions, nowMs: 0, except: except)
                .conflicts(of: try taken(from, to, nil))
        }
        #expect(try conflicts(Caps(maxSessionsPerDay: 2), "15:00", "16:00") == [Conflict(.cap)])
        #expect(try conflicts(Caps(maxSessionsPerDay: 2), "15:00", "16:00", except: 1).isEmpty)
        #expect(try conflicts(Caps(maxSessionsPerDay: 3), "15:00", "16:00").isEmpty)
        #expect(try conflicts(Caps(maxSessionsPerWeek: 2), "15:00", "16:00") == [Conflict(.cap)])
        let run = Caps(maxConsecutiveMinutes: 180, minBreakMinutes: 10)
        #expect(try conflicts(run, "11:05", "12:00").isEmpty)
        #expect(try conflicts(run, "11:05", "12:01") == [Conflict(.cap)])
        #expect(try conflicts(run, "11:10", "13:00").isEmpty)
        #expect(try conflicts(run, "07:00", "08:51") == [Conflict(.cap)])
        #expect(try conflicts(run, "07:00", "08:50").isEmpty)
        #expect(try conflicts(Caps(), "09:00", "10:00").isEmpty)
    }

    @Test func `what is never overridable is named`() {
        let never = Conflict.Class.allCases.filter { !$0.isOverridable }.map(\.rawValue)
        #expect(
            never == [
                "room_overlap", "capacity", "staff_inactive", "room_closed", "location_closed", "client_discharged",
                "licence_expired",
            ])
    }
}
