import CalendarProjection
import Schema
import TestKit
import Testing

@Suite struct AgendaRangeTests {
    @Test func `a day is half-open: what ends or starts at its edge is on one day alone`() throws {
        let clinic = try Riverside()
        let before = try clinic.book("2026-03-02T23:00", minutes: 60)
        let after = try clinic.book("2026-03-03T00:00", minutes: 30)
        #expect(try clinic.agenda("2026-03-02").map(\.id) == [before])
        #expect(try clinic.agenda("2026-03-03").map(\.id) == [after])
        #expect(try clinic.agenda("2026-03-02", "2026-03-04").map(\.id) == [before, after])
    }

    @Test func `what runs over midnight is on both days`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T17:00", minutes: 480)
        let short = try clinic.book("2026-03-02T23:30", minutes: 45, client: clinic.david, staff: clinic.ben)
        #expect(try clinic.agenda("2026-03-02").map(\.id) == [id, short])
        #expect(try clinic.agenda("2026-03-03").map(\.id) == [id, short])
        #expect(try clinic.agenda("2026-03-04").isEmpty)
        #expect(try clinic.show(short).end == "2026-03-03T00:15")
    }

    @Test func `the week in which the clocks go forward has its Sunday of 23 hours`() throws {
        let clinic = try Riverside()
        let saturday = try clinic.book("2026-03-07T10:00")
        let jump = try clinic.book("2026-03-08T01:30", minutes: 60)
        let evening = try clinic.book("2026-03-08T23:10")
        let monday = try clinic.book("2026-03-09T00:00")
        #expect(try clinic.agenda("2026-03-02", "2026-03-09").map(\.id) == [saturday, jump, evening])
        #expect(try clinic.agenda("2026-03-08").map(\.id) == [jump, evening])
        #expect(try clinic.agenda("2026-03-09").map(\.id) == [monday])
        #expect(try clinic.show(jump).end == "2026-03-08T03:30")
        #expect(try clinic.show(monday).startAt == ms("2026-03-09T04:00", "UTC"))
    }

    @Test func `the week in which the clocks go back has its Sunday of 25 hours`() throws {
        let clinic = try Riverside()
        let saturday = try clinic.book("2026-10-31T10:00")
        let twice = try clinic.book("2026-11-01T01:30", minutes: 60)
        let evening = try clinic.book("2026-11-01T23:10")
        let monday = try clinic.book("2026-11-02T00:00")
        #expect(try clinic.agenda("2026-10-26", "2026-11-02").map(\.id) == [saturday, twice, evening])
        #expect(try clinic.agenda("2026-11-01").map(\.id) == [twice, evening])
        #expect(try clinic.agenda("2026-11-02").map(\.id) == [monday])
        // An hour later the clock shows the same.
        #expect(try clinic.show(twice).end == "2026-11-01T01:30")
        #expect(try clinic.show(evening).startAt == ms("2026-11-02T04:10", "UTC"))
    }

    @Test func `the days are the practice's, the wall clock of a row is that of its place`() throws {
        let clinic = try Riverside()
        var arrangement = try clinic.arrangement("2026-03-02T23:00", zone: "America/Los_Angeles")
        arrangement.modality = .online
        arrangement.clearLocation()
        arrangement.clearRoom()
        let id = try clinic.book(arrangement)
        #expect(try clinic.agenda("2026-03-02").isEmpty)
        let row = try #require(try clinic.agenda("2026-03-03").first)
        #expect(row.id == id)
        #expect(row.start == "2026-03-02T23:00")
        #expect(row.end == "2026-03-02T23:50")
        #expect(row.zone == "America/Los_Angeles")
        #expect(row.startAt == (try ms("2026-03-03T07:00", "UTC")))
        #expect(!row.hasLocation && !row.hasLocationName && !row.hasRoom && !row.hasRoomName)
    }

    @Test(arguments: [
        ("2026-03-02", "2026-03-02", "to"), ("2026-03-03", "2026-03-02", "to"), ("2026-01-01", "2027-02-06", "to"),
        ("2026-02-30", "2026-03-02", "from"), ("2026-03-02", "soon", "to"), ("9999-12-31", "", "from"),
    ])
    func `dates that make no range are refused, and the field is named`(
        from: String, to: String, field: String
    ) throws {
        let clinic = try Riverside()
        let refusal = try #require(throws: Refusal.self) { try clinic.agenda(from, to.isEmpty ? nil : to) }
        #expect(refusal.facts.field == field)
        #expect(refusal.status == 400)
    }

    @Test func `400 days may be asked for, and the first and last of days`() throws {
        let clinic = try Riverside()
        let id = try clinic.book("2026-03-02T10:00")
        #expect(try clinic.agenda("2026-01-01", "2027-02-05").map(\.id) == [id])
        #expect(try clinic.agenda("0001-01-01", "0001-01-02").isEmpty)
        #expect(try clinic.agenda("9999-12-30", "9999-12-31").isEmpty)
    }

    @Test func `nobody and nothing unknown has a calendar`() throws {
        let clinic = try Riverside()
        func refused(_ change: (inout Agenda) -> Void) throws -> Refusal {
            try #require(throws: Refusal.self) { try clinic.agenda("2026-03-02", nil, all: false, change) }
        }
        // Ids that exist, but of other kinds of things.
        let (room, person) = (clinic.blue, clinic.anna)
        #expect(try refused { $0.staff = room } == .missing("member of staff", room, field: "staff"))
        #expect(try refused { $0.room = person } == .missing("room", person, field: "room"))
        #expect(try refused { $0.location = person } == .missing("location", person, field: "location"))
        #expect(try refused { $0.client = person } == .missing("client", person, field: "client"))
        #expect(throws: Refusal.missing("appointment", person, field: "appointment")) { try clinic.show(person) }
        #expect(throws: Refusal.self) { try clinic.harness.ask(ShowAppointment()) }
        #expect(throws: Refusal.self) { try ViewHarness<CalendarView>().ask(Agenda()) }
    }
}
