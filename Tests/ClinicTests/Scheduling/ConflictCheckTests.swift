import Schema
import SwiftProtobuf
import TestKit
import Testing
import Timetable

@testable import Clinic

/// A booking reads what can bear on it; a refusal reads the whole day. Both judge alike.
@Suite struct ConflictCheckTests {
    private struct Verdict: Equatable {
        var conflicts: [Conflict]
        var room: UInt64?
        var roomConflicts: [Conflict]
    }

    private let day: Day
    private let services: [UInt64]

    init() throws {
        day = try Day()
        try day.openForEveryone()
        let long = try day.story.given(
            ServiceDefined.with {
                $0.code = "LONG"
                $0.name = "LONG"
                $0.minutes = 480
                $0.people = 2
            }, about: [Subject(.service, day.story.next)])
        services = [day.cast.therapy, day.cast.conference, long, try day.service("GAP", before: 45, after: 90)]
        for (staff, perDay, perWeek) in [(day.cast.ana, UInt32(3), UInt32(9)), (day.cast.ben, 0, 0)] {
            try day.story.given(
                StaffServicesSet.with {
                    $0.staff = staff
                    $0.services = services
                    $0.acceptsNew = true
                    $0.sessionsPerDayMax = perDay
                    $0.sessionsPerWeekMax = perWeek
                    $0.consecutiveMinutesMax = 120
                    $0.breakMinutesMin = 15
                    $0.homeZone = "America/New_York"
                }, about: [Subject(.staff, staff)])
        }
    }

    private func verdict(on command: BookAppointment, isWholeDay: Bool) throws -> Verdict {
        let caller = day.story.caller(day.cast.desk)
        let asked = Asked(
            caller: caller, role: .frontDesk, nowMs: day.story.nowMs, next: day.story.next, tzdata: Zone.dataVersion)
        return try day.story.withState { state in
            let wish = try command.wish(state)
            let service = try state.service(wish.service)
            let venue = try state.venue(for: wish, service: service)
            let time = try PlannedTime.plan(
                wish.start, minutes: wish.minutes, in: venue.zone, tzdata: asked.tzdata, field: "start")
            let wanted = wish.occupancy(try #require(time.span), at: venue, service: service)
            let check = try state.conflictCheck(
                for: wish, at: venue, wanted: wanted, isWholeDay: isWholeDay, service: service, asked: asked)
            let room = check.room(for: wanted)
            return Verdict(conflicts: check.conflicts(of: wanted), room: room.id, roomConflicts: room.conflicts)
        }
    }

    @Test func `what can bear on a booking tells the same as its whole day`() throws {
        var random = SeededGenerator()
        var inTheWay = 0
        var booked = 0
        for _ in 0..<400 {
            let date = Int.random(in: 5...12, using: &random)
            let minutes = Int.random(in: 0..<96, using: &random) * 15
            let start = LocalTime(minutes: minutes).map { "2026-01-\(date < 10 ? "0" : "")\(date)T\($0)" }
            let command = day.booking(try #require(start)) {
                $0.client = [day.cast.cleo, day.cast.carl].randomElement(using: &random)!
                $0.staff = [day.cast.ana, day.cast.ben].randomElement(using: &random)!
                $0.service = services.randomElement(using: &random)!
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    $0.clearLocation()
                    $0.modality = .online
                case 1: $0.location = day.cast.south
                case 2: $0.room = [day.cast.northSmall, day.cast.northLarge].randomElement(using: &random)!
                default: break
                }
                $0.override = ConflictClass.Value.allCases.filter { $0 != .unspecified && Bool.random(using: &random) }
                $0.overrideReason = "as agreed"
            }
            let near = try verdict(on: command, isWholeDay: false)
            #expect(near == (try verdict(on: command, isWholeDay: true)), "seed \(random.seed), \(command)")
            if !(near.conflicts + near.roomConflicts).isEmpty { inTheWay += 1 }
            if try day.story.when(command, by: day.cast.manager).refusal == nil { booked += 1 }
        }
        #expect(inTheWay > 50 && booked > 20, "seed \(random.seed): \(inTheWay) in the way, \(booked) booked")
    }
}
