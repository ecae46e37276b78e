import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Timetable

/// Every command from every state that can be reached, against the published table (T8 to T20).
@Suite struct LifeCycleTests {
    enum Stage: String, CaseIterable {
        case booked, confirmed, arrived, inSession, completed, cancelled, noShow, enteredInError
    }

    enum Step: String, CaseIterable {
        case confirm, reschedule, cancel, checkIn, start, end, record, noShow, enteredInError
    }

    /// As the table has it, written out by hand.
    static let allowed: [Step: Set<Stage>] = [
        .confirm: [.booked],
        .reschedule: [.booked, .confirmed],
        .cancel: [.booked, .confirmed, .arrived],
        .checkIn: [.booked, .confirmed],
        .start: [.booked, .confirmed, .arrived],
        .end: [.inSession],
        .record: [.booked, .confirmed, .arrived],
        .noShow: [.booked, .confirmed],
        .enteredInError: [.booked, .confirmed, .arrived, .inSession, .completed, .cancelled, .noShow],
    ]

    @Test(arguments: Stage.allCases, Step.allCases)
    func `a step is taken from the states it is listed with, and from no other`(stage: Stage, step: Step) throws {
        let day = try Day()
        let id = try day.book("2026-01-06T14:00")
        try Self.bring(id, to: stage, day)
        // A moment that suits each step, as far as time alone goes.
        try day.story.goTo(step == .confirm || step == .checkIn ? "2026-01-06T13:50" : "2026-01-06T14:30")
        let (command, staff) = Self.command(step, id, day)
        let outcome = try day.story.when(command, by: staff)
        if Self.allowed[step]?.contains(stage) == true {
            #expect(outcome.refusal == nil)
            #expect(outcome.recorded.allSatisfy { $0.founded == nil || $0.type == .chargePosted })
        } else {
            #expect(outcome.refused == Refused("INV-SCHED-08"))
            #expect(outcome.refusal?.detail.hasPrefix("This appointment is \(Self.words[stage] ?? "?").") == true)
        }
    }

    static let words: [Stage: String] = [
        .booked: "booked", .confirmed: "confirmed", .arrived: "checked in", .inSession: "in session",
        .completed: "completed", .cancelled: "cancelled", .noShow: "marked as a no-show",
        .enteredInError: "marked as entered in error",
    ]

    static func bring(_ id: UInt64, to stage: Stage, _ day: Day) throws {
        let steps: [Step] =
            switch stage {
            case .booked: []
            case .confirmed: [.confirm]
            case .arrived: [.confirm, .checkIn]
            case .inSession: [.start]
            case .completed: [.start, .end]
            case .cancelled: [.cancel]
            case .noShow: [.noShow]
            case .enteredInError: [.enteredInError]
            }
        for step in steps {
            let isBefore = [.confirm, .checkIn, .start, .cancel].contains(step)
            try day.story.goTo(isBefore ? "2026-01-06T13:45" : "2026-01-06T14:20")
            let (command, staff) = command(step, id, day)
            try day.story.given(command, by: staff)
        }
    }

    static func command(_ step: Step, _ id: UInt64, _ day: Day) -> (any Command, UInt64) {
        switch step {
        case .confirm: (ConfirmAppointment.with { $0.appointment = id }, day.cast.desk)
        case .reschedule: (day.move(id) { $0.start = "2026-01-07T14:00" }, day.cast.desk)
        case .cancel: (day.cancellation(id), day.cast.desk)
        case .checkIn: (CheckInClient.with { $0.appointment = id }, day.cast.desk)
        case .start: (StartSession.with { $0.appointment = id }, day.cast.ana)
        case .end: (EndSession.with { $0.appointment = id }, day.cast.ana)
        case .record:
            (
                RecordSession.with {
                    $0.appointment = id
                    $0.started = "2026-01-06T14:00"
                    $0.ended = "2026-01-06T14:25"
                }, day.cast.ana
            )
        case .noShow: (MarkNoShow.with { $0.appointment = id }, day.cast.desk)
        case .enteredInError:
            (
                MarkEnteredInError.with {
                    $0.appointment = id
                    $0.reason = "Wrong client"
                }, day.cast.manager
            )
        }
    }

    @Test(arguments: Step.allCases)
    func `an id of another kind is not found, and names its field`(step: Step) throws {
        let day = try Day()
        for id in [day.cast.cleo, day.cast.north, UInt64.max] {
            let (command, staff) = Self.command(step, id, day)
            #expect(try day.story.when(command, by: staff).refused == .notFound("appointment"))
        }
    }

    @Test func `whoever does not say which appointment is told so`() throws {
        let day = try Day()
        #expect(try day.story.when(CancelAppointment(), by: day.cast.desk).refused == .malformed("appointment"))
        #expect(try day.story.when(StartSession(), by: day.cast.ana).refused == .malformed("appointment"))
    }
}
