import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Timetable

/// Who may book in spite of what (INV-SCHED-19).
@Suite struct OverrideTests {
    enum Kind: String, CaseIterable {
        case therapistOverlap, therapistGap, travel, cap, hours, timeOff, clientOverlap, supportiveOverlap, room
    }

    enum Who: String, CaseIterable { case owner, manager, desk, therapist }

    static func mayOverride(_ kind: Kind, _ who: Who) -> Bool {
        switch (kind, who) {
        case (.clientOverlap, _), (.room, _), (_, .desk): false
        case (.therapistOverlap, .therapist), (.supportiveOverlap, .therapist): false
        default: true
        }
    }

    /// A booking that meets one kind of conflict and no other.
    private static func wish(_ kind: Kind, _ day: Day) throws -> (BookAppointment, ConflictClass.Value) {
        switch kind {
        case .therapistOverlap:
            _ = try day.book("2026-01-06T14:00", day.carls)
            return (day.booking("2026-01-06T14:00"), .therapistOverlap)
        case .therapistGap:
            let service = try day.service("G", before: 0, after: 10)
            _ = try day.book("2026-01-06T13:10") {
                $0.client = day.cast.carl
                $0.service = service
            }
            return (day.booking("2026-01-06T14:00"), .therapistGap)
        case .travel:
            _ = try day.book("2026-01-06T12:10") {
                $0.client = day.cast.carl
                $0.location = day.cast.south
            }
            return (day.booking("2026-01-06T14:00"), .travel)
        case .cap:
            try day.story.given(
                StaffServicesSet.with {
                    $0.staff = day.cast.ana
                    $0.sessionsPerDayMax = 1
                }, about: [Subject(.staff, day.cast.ana)])
            _ = try day.book("2026-01-06T10:00")
            return (day.booking("2026-01-06T14:00"), .cap)
        case .hours: return (day.booking("2026-01-06T18:00"), .unavailableHours)
        case .timeOff:
            try day.away(day.cast.ana, "2026-01-06")
            return (day.booking("2026-01-06T14:00"), .unavailableTimeOff)
        case .clientOverlap, .supportiveOverlap:
            _ = try day.book("2026-01-06T14:00") {
                $0.staff = day.cast.ben
                if kind == .supportiveOverlap { $0.service = day.cast.conference }
            }
            return (day.booking("2026-01-06T14:00"), .clientOverlap)
        case .room:
            _ = try day.book("2026-01-06T14:00") {
                $0.client = day.cast.carl
                $0.staff = day.cast.ben
                $0.room = day.cast.northSmall
            }
            return (day.booking("2026-01-06T14:00") { $0.room = day.cast.northSmall }, .roomOverlap)
        }
    }

    @Test(arguments: Kind.allCases, Who.allCases)
    func `a conflict is overridden by those who may, with a reason, and by nobody else`(kind: Kind, who: Who) throws {
        let day = try Day(travelMinutes: kind == .travel ? 20 : 0)
        var (command, word) = try Self.wish(kind, day)
        let staff =
            switch who {
            case .owner: day.cast.owner
            case .manager: day.cast.manager
            case .desk: day.cast.desk
            case .therapist: day.cast.ana
            }
        let unnamed = try #require(try day.story.when(command, by: staff).refusal)
        #expect(unnamed.facts.classes == [try Self.name(word)])
        command.override = [word]
        if Self.mayOverride(kind, who) {
            #expect(try day.story.when(command, by: staff).refused == Refused("INV-SCHED-19", "overrideReason"))
            command.overrideReason = "It was agreed"
            let outcome = try day.story.when(command, by: staff)
            #expect(outcome.types == [.appointmentBooked, .conflictOverridden])
            let event = try outcome.event(ConflictOverridden.self)
            #expect(event.classes == [word])
            #expect(event.others == unnamed.facts.conflicts)
            #expect(event.reason.text == "It was agreed")
            #expect(event.reason.isSealed(for: day.cast.cleo, .identity))
            #expect(outcome.reply.overridden == [word])
        } else {
            command.overrideReason = "It was agreed"
            let refusal = try #require(try day.story.when(command, by: staff).refusal)
            let isNever = kind == .clientOverlap || kind == .room
            #expect(refusal.rule == (isNever ? unnamed.rule : "INV-SCHED-19"))
            #expect(refusal.detail.hasSuffix("This cannot be overridden.") == isNever)
        }
    }

    @Test(arguments: [(Role.Value.therapist, true), (.supervisor, true), (.trainee, false), (.frontDesk, false)])
    func `on one's own calendar a therapist or a supervisor overrides hours, and nobody in training`(
        role: Role.Value, may: Bool
    ) throws {
        let day = try Day(travelMinutes: 0)
        let (ana, subjects) = (day.cast.ana, [Subject(.staff, day.cast.ana)])
        try day.story.given(
            RoleRevoked.with {
                $0.staff = ana
                $0.role = .therapist
            }, about: subjects)
        try day.story.given(
            RoleAssigned.with {
                $0.staff = ana
                $0.role = role
            }, about: subjects)
        let command = day.booking("2026-01-06T18:00") {
            $0.override = [.unavailableHours]
            $0.overrideReason = "It was agreed"
        }
        let outcome = try day.story.when(command, by: ana)
        if may {
            #expect(outcome.types == [.appointmentBooked, .conflictOverridden])
        } else {
            #expect(outcome.refusal?.rule == "INV-SCHED-19")
        }
    }

    private static func name(_ word: ConflictClass.Value) throws -> String {
        let all: [ConflictClass.Value: String] = [
            .therapistOverlap: "therapist_overlap", .therapistGap: "therapist_gap", .travel: "travel", .cap: "cap",
            .unavailableHours: "unavailable_hours", .unavailableTimeOff: "unavailable_time_off",
            .clientOverlap: "client_overlap", .roomOverlap: "room_overlap",
        ]
        return try #require(all[word])
    }

    @Test func `every kind that is in the way must be named`() throws {
        let day = try Day()
        _ = try day.book("2026-01-06T16:30") {
            day.carls(&$0)
            $0.minutes = 30
        }
        var command = day.booking("2026-01-06T16:40") {
            $0.override = [.therapistOverlap]
            $0.overrideReason = "It was agreed"
        }
        let refusal = try #require(try day.story.when(command, by: day.cast.owner).refusal)
        #expect(refusal.rule == "INV-SCHED-10")
        #expect(refusal.facts.classes == ["therapist_overlap", "unavailable_hours"])
        command.override.append(.unavailableHours)
        let event = try day.story.when(command, by: day.cast.owner).event(ConflictOverridden.self)
        #expect(event.classes == [.therapistOverlap, .unavailableHours])
    }

    @Test func `naming a conflict that is not there records none`() throws {
        let day = try Day()
        let outcome = try day.story.when(
            day.booking("2026-01-06T14:00") { $0.override = [.therapistOverlap, .cap] }, by: day.cast.desk)
        #expect(outcome.types == [.appointmentBooked])
    }

    @Test(arguments: [ConflictClass.Value.unspecified, .UNRECOGNIZED(77)])
    func `a kind of conflict that does not exist is refused`(word: ConflictClass.Value) throws {
        let day = try Day()
        let outcome = try day.story.when(
            day.booking("2026-01-06T14:00") { $0.override = [.cap, word] }, by: day.cast.owner)
        #expect(outcome.refused == .malformed("override[1]"))
    }

    @Test func `a therapist overrides on no colleague's calendar`() throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00") { $0.staff = day.cast.ben }
        let command = day.move(id) {
            $0.start = "2026-01-06T18:00"
            $0.override = [.unavailableHours]
            $0.overrideReason = "It was agreed"
        }
        #expect(try day.story.when(command, by: day.cast.ana).refused == .notPermitted)
        let outcome = try day.story.when(command, by: day.cast.ben)
        #expect(outcome.types == [.appointmentRescheduled, .conflictOverridden])
    }
}
