import Testing
import Timetable

@Suite struct OpeningsTests {
    private let wish = OpeningWish(service: 1, modality: .inPerson)

    private func hours(_ blocks: [(Int, String, String)], offer: OpeningOffer = .anything) throws -> HoursHistory {
        let blocks = try blocks.map {
            HoursBlock(weekday: $0.0, from: try time($0.1), to: try time($0.2), offer: offer)
        }
        return HoursHistory([WeeklyHours(effectiveFrom: .min, recorded: 0, blocks: blocks)])
    }

    private func open(_ openings: Openings, _ day: String, _ wish: OpeningWish? = nil) throws -> SpanSet {
        let from = try date(day)
        return openings.open(for: wish ?? self.wish, from: from, to: try #require(from.adding(days: 1)))
    }

    @Test(arguments: [
        ("2026-03-08", 5), ("2026-11-01", 7), ("2026-03-15", 6),
    ])
    func `midnight to six is five or seven hours long when the clocks change`(day: String, hours: Int64) throws {
        let openings = Openings(
            zone: try zone("America/New_York"), weekly: try self.hours([(7, "00:00", "06:00")]))
        #expect(try open(openings, day).durationMs == hours * 3_600_000)
    }

    @Test func `edges in a gap shift forward, edges in an overlap are the first, and nothing may be left`() throws {
        let zone = try zone("America/New_York")
        let weekly = try hours([(7, "01:30", "02:30")])
        let gap = Openings(zone: zone, weekly: weekly)
        #expect(try open(gap, "2026-03-08").spans == [span("2026-03-08T06:30", "2026-03-08T07:30")])
        #expect(try open(gap, "2026-11-01").spans == [span("2026-11-01T05:30", "2026-11-01T07:30")])
        let vanished = Openings(zone: zone, weekly: try hours([(7, "02:30", "03:15")]))
        #expect(try open(vanished, "2026-03-08").isEmpty)
    }

    @Test func `a block until midnight joins the next day's first`() throws {
        let openings = Openings(
            zone: try zone("UTC"), weekly: try hours([(1, "22:00", "24:00"), (2, "00:00", "02:00")]))
        let open = openings.open(for: wish, from: try date("2026-03-02"), to: try date("2026-03-04"))
        #expect(open.spans == [try span("2026-03-02T22:00", "2026-03-03T02:00")])
    }

    @Test func `time off beats overriding openings beat closures beat openings and hours`() throws {
        var openings = Openings(zone: try zone("UTC"), weekly: try hours([(1, "09:00", "12:00")]))
        openings.extra = [
            ExtraOpening(span: try span("2026-03-02T13:00", "2026-03-02T15:00"), overridesClosure: false),
            ExtraOpening(span: try span("2026-03-02T10:00", "2026-03-02T11:00"), overridesClosure: true),
        ]
        #expect(try open(openings, "2026-03-02").durationMs == 5 * 3_600_000)
        openings.closures = [
            Closure(kind: .holiday, extent: .dates(from: try date("2026-03-02"), to: try date("2026-03-03")))
        ]
        #expect(try open(openings, "2026-03-02").spans == [try span("2026-03-02T10:00", "2026-03-02T11:00")])
        openings.timeOff = SpanSet([try span("2026-03-02T10:30", "2026-03-02T18:00")])
        #expect(try open(openings, "2026-03-02").spans == [try span("2026-03-02T10:00", "2026-03-02T10:30")])
        let wanted = try span("2026-03-02T10:00", "2026-03-02T10:50")
        #expect(openings.conflicts(of: wanted, for: wish).map(\.kind) == [.unavailableTimeOff])
        let early = try span("2026-03-02T09:00", "2026-03-02T09:50")
        #expect(openings.conflicts(of: early, for: wish).map(\.kind) == [.unavailableHours])
    }

    @Test func `only what is in person is bound to the hours of the location, from the date they are known`() throws {
        var openings = Openings(zone: try zone("UTC"), weekly: try hours([(1, "07:00", "12:00")]))
        let nine = HoursBlock(weekday: 1, from: try time("09:00"), to: try time("17:00"))
        openings.locationHours = HoursHistory([
            WeeklyHours(effectiveFrom: try date("2026-03-05"), recorded: 0, blocks: [nine])
        ])
        #expect(try open(openings, "2026-03-02").durationMs == 5 * 3_600_000)
        #expect(try open(openings, "2026-03-09").spans == [try span("2026-03-09T09:00", "2026-03-09T12:00")])
        let online = OpeningWish(service: 1, modality: .online)
        #expect(try open(openings, "2026-03-09", online).durationMs == 5 * 3_600_000)
    }

    @Test func `blocks open only to their services, modalities and audience`() throws {
        let offer = OpeningOffer(services: [7], modalities: [.online], selfBook: false)
        let openings = Openings(zone: try zone("UTC"), weekly: try hours([(1, "09:00", "12:00")], offer: offer))
        let day = "2026-03-02"
        #expect(try !open(openings, day, OpeningWish(service: 7, modality: .online)).isEmpty)
        #expect(try open(openings, day, OpeningWish(service: 8, modality: .online)).isEmpty)
        #expect(try open(openings, day, OpeningWish(service: 7, modality: .phone)).isEmpty)
        #expect(try open(openings, day, OpeningWish(service: 7, modality: .online, byClient: true)).isEmpty)
        let listed = openings.openByOffer(from: try date(day), to: try date("2026-03-03"))
        #expect(listed.map(\.offer) == [offer])
        #expect(listed.map(\.open.durationMs) == [3 * 3_600_000])
    }

    @Test func `the ends of the calendar are no trouble`() throws {
        let openings = Openings(zone: try zone("Pacific/Kiritimati"), weekly: try hours([(5, "00:00", "24:00")]))
        let last = try #require(LocalDate.max.adding(days: -1))
        #expect(openings.open(for: wish, from: last, to: .max).isEmpty)
        #expect(openings.open(for: wish, from: .max, to: .max).isEmpty)
        #expect(openings.open(for: wish, from: .max, to: .min).isEmpty)
        #expect(!openings.open(for: wish, from: .min, to: try date("0001-02-01")).isEmpty)
    }
}
