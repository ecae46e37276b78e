import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct SetWeeklyHoursTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func block(_ weekday: UInt32, _ from: String, _ to: String) -> HoursBlock {
        .with {
            $0.weekday = weekday
            $0.from = from
            $0.to = to
        }
    }

    private func set(
        _ blocks: [HoursBlock], at location: UInt64?, from date: String = "2026-02-02", by staff: UInt64? = nil
    ) throws -> StoryOutcome {
        try story.when(
            SetWeeklyHours.with {
                $0.staff = cast.ana
                if let location { $0.location = location }
                $0.effectiveFrom = date
                $0.blocks = blocks
            }, by: staff ?? cast.ana)
    }

    @Test func `hours do not reach into an extra opening at another place`() throws {
        // A Tuesday, by Chicago's clock from 10 to 12: 11 to 13 in New York.
        try story.given(
            AddExtraOpening.with {
                $0.staff = cast.ana
                $0.location = cast.south
                $0.start = "2026-02-10T10:00"
                $0.end = "2026-02-10T12:00"
            }, by: cast.ana)
        #expect(try set([block(2, "09:00", "17:00")], at: cast.north).refused == Refused("INV-AVAIL-02", "blocks"))
        #expect(try set([block(2, "09:00", "17:00")], at: nil).refused == Refused("INV-AVAIL-02", "blocks"))
        #expect(try set([block(2, "09:00", "17:00")], at: cast.north, from: "2026-02-11").refusal == nil)
        #expect(try set([block(2, "09:00", "11:00"), block(2, "13:00", "17:00")], at: cast.north).refusal == nil)
        #expect(try set([block(2, "09:00", "17:00")], at: cast.south).refused?.by == "INV-AVAIL-02")
    }

    @Test func `hours are meant in the zone of their place`() throws {
        let north = try set([block(1, "09:00", "12:00")], at: cast.north)
        #expect(try north.event(WeeklyHoursSet.self).zone == "America/New_York")
        #expect(north.recorded[0].header.effectiveAt == (try story.instantMs("2026-02-02T00:00")))
        #expect(
            try set([block(2, "09:00", "24:00")], at: cast.south).event(WeeklyHoursSet.self).zone == "America/Chicago")
        _ = try story.given(
            SetStaffServices.with {
                $0.staff = cast.ana
                $0.homeZone = "America/Denver"
            }, by: cast.manager)
        #expect(try set([block(3, "09:00", "12:00")], at: nil).event(WeeklyHoursSet.self).zone == "America/Denver")
    }

    @Test func `hours end after they begin, on one of seven days`() throws {
        let to = Refused("INV-AVAIL-01", "blocks[1].to")
        let good = block(1, "09:00", "12:00")
        #expect(try set([good, block(2, "12:00", "12:00")], at: cast.north).refused == to)
        #expect(try set([good, block(2, "22:00", "02:00")], at: cast.north).refused == to)
        #expect(try set([block(0, "09:00", "12:00")], at: cast.north).refused == .malformed("blocks[0].weekday"))
        #expect(try set([block(8, "09:00", "12:00")], at: cast.north).refused == .malformed("blocks[0].weekday"))
        #expect(try set([block(1, "9:00", "12:00")], at: cast.north).refused == .malformed("blocks[0].from"))
        #expect(try set([block(1, "24:00", "24:00")], at: cast.north).refused == .malformed("blocks[0].from"))
        #expect(try set([block(1, "09:00", "24:01")], at: cast.north).refused == .malformed("blocks[0].to"))
        #expect(try set([HoursBlock()], at: cast.north).refused == .malformed("blocks[0].weekday"))
    }

    @Test func `blocks of one week do not overlap`() throws {
        let clash = [block(1, "09:00", "12:00"), block(1, "12:00", "13:00"), block(1, "11:59", "12:30")]
        #expect(try set(clash, at: cast.north).refused == Refused("INV-AVAIL-02", "blocks[2]"))
    }

    @Test func `nobody is open at two places at once, as instants`() throws {
        _ = try set([block(1, "09:00", "12:00")], at: cast.north)
        // 11:00 in Chicago is 12:00 in New York.
        #expect(
            try set([block(2, "08:00", "09:00"), block(1, "10:59", "13:00")], at: cast.south).refused
                == Refused("INV-AVAIL-02", "blocks[1]"))
        #expect(try set([block(1, "11:00", "13:00")], at: cast.south).refusal == nil)
        #expect(try set([block(1, "11:00", "13:00")], at: nil).refused == Refused("INV-AVAIL-02", "blocks[0]"))
    }

    @Test func `a later version makes room for hours elsewhere`() throws {
        _ = try set([block(1, "09:00", "12:00")], at: cast.north)
        _ = try set([], at: cast.north, from: "2026-03-02")
        #expect(try set([block(1, "09:00", "12:00")], at: nil, from: "2026-03-02").refusal == nil)
        #expect(
            try set([block(1, "09:00", "12:00")], at: nil, from: "2026-02-23").refused
                == Refused("INV-AVAIL-02", "blocks[0]"))
    }

    @Test func `the later record of one date stands in place of the earlier`() throws {
        _ = try set([block(1, "09:00", "12:00")], at: cast.north)
        _ = try set([block(2, "09:00", "12:00")], at: cast.north)
        #expect(try set([block(1, "09:00", "12:00")], at: nil).refusal == nil)
    }

    @Test func `hours that are in force already change nothing`() throws {
        #expect(try set([], at: cast.north).refused == .unchanged)
        _ = try set([block(1, "09:00", "12:00")], at: cast.north)
        #expect(try set([block(1, "09:00", "12:00")], at: cast.north).refused == .unchanged)
        #expect(try set([block(1, "09:00", "12:00")], at: cast.north, from: "2026-04-06").refused == .unchanged)
        #expect(try set([block(1, "09:00", "12:30")], at: cast.north, from: "2026-04-06").refusal == nil)
    }

    @Test func `what is offered in a block exists`() throws {
        func offering(_ change: (inout HoursBlock) -> Void) -> [HoursBlock] {
            var changed = block(1, "09:00", "12:00")
            change(&changed)
            return [changed]
        }
        #expect(
            try set(offering { $0.services = [cast.north] }, at: cast.north).refused
                == .notFound("blocks[0].services[0]"))
        #expect(
            try set(offering { $0.services = [cast.therapy, cast.therapy] }, at: cast.north).refused
                == .malformed("blocks[0].services[1]"))
        #expect(
            try set(offering { $0.services = Array(1...201) }, at: cast.north).refused
                == .malformed("blocks[0].services"))
        #expect(
            try set(offering { $0.modalities = [.unspecified] }, at: cast.north).refused
                == .malformed("blocks[0].modalities[0]"))
        #expect(
            try set(offering { $0.modalities = [.online, .inPerson] }, at: nil).refused
                == .malformed("blocks[0].modalities[1]"))
        #expect(try set(offering { $0.services = [cast.therapy] }, at: cast.north).refusal == nil)
    }

    @Test func `place, date and number of blocks are checked`() throws {
        #expect(try set([], at: cast.therapy).refused == .notFound("location"))
        #expect(try set([], at: cast.north, from: "2026-2-2").refused == .malformed("effectiveFrom"))
        let many = Array(repeating: block(1, "09:00", "12:00"), count: 101)
        #expect(try set(many, at: cast.north).refused == .malformed("blocks"))
        #expect(try story.when(SetWeeklyHours(), by: cast.manager).refused == .malformed("staff"))
        let stranger = SetWeeklyHours.with { $0.staff = cast.cleo }
        #expect(try story.when(stranger, by: cast.manager).refused == .notFound("staff"))
        #expect(try set([block(7, "00:00", "24:00")], at: cast.north, from: "9999-12-31").refusal == nil)
        #expect(try set([block(7, "00:00", "24:00")], at: cast.north, from: "0001-01-01").refusal == nil)
    }

    @Test func `hours are one's own to set, or a manager's`() throws {
        let blocks = [block(1, "09:00", "12:00")]
        #expect(try set(blocks, at: cast.north, by: cast.ben).refused == .notPermitted)
        #expect(try set(blocks, at: cast.north, by: cast.desk).refused == .notPermitted)
        #expect(try set(blocks, at: cast.north, by: cast.manager).refusal == nil)
    }

    @Test func `the fullest weeks in two zones are compared as instants`() throws {
        let even = (1...5).flatMap { day in (0..<20).map { block(UInt32(day), clock($0 * 40), clock($0 * 40 + 20)) } }
        let odd = (1...5).flatMap { day in (0..<20).map { block(UInt32(day), clock($0 * 40 + 20), clock($0 * 40 + 40)) }
        }
        #expect(try set(even, at: cast.north).refusal == nil)
        // An hour between the zones is a step and a half: what overlaps by the wall clock fits as instants.
        #expect(try set(even, at: cast.south).refusal == nil)
        #expect(try set(odd, at: cast.south).refused == Refused("INV-AVAIL-02", "blocks[0]"))
    }

    private func clock(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
