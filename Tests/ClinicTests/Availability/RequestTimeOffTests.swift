import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct RequestTimeOffTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func ask(_ change: (inout RequestTimeOff) -> Void = { _ in }, by staff: UInt64? = nil) throws
        -> StoryOutcome
    {
        var command = RequestTimeOff.with {
            $0.staff = cast.ana
            $0.start = "2026-02-02T00:00"
            $0.end = "2026-02-07T00:00"
            $0.kind = .annual
        }
        change(&command)
        return try story.when(command, by: staff ?? cast.ana)
    }

    private func book(_ start: String, with staff: UInt64, by caller: UInt64? = nil) throws -> UInt64 {
        try story.given(
            BookAppointment.with {
                $0.client = staff == cast.ana ? cast.cleo : cast.carl
                $0.staff = staff
                $0.service = cast.therapy
                $0.start = start
                $0.modality = .online
            }, by: cast.desk)
    }

    @Test func `a request names the appointments it affects, in event and reply`() throws {
        try story.openWeekdays(cast.ana)
        try story.openWeekdays(cast.ben)
        _ = try book("2026-01-30T16:00", with: cast.ana)
        let last = try book("2026-02-06T16:00", with: cast.ana)
        let first = try book("2026-02-02T09:00", with: cast.ana)
        _ = try book("2026-02-03T09:00", with: cast.ben)
        _ = try book("2026-02-09T09:00", with: cast.ana)
        let outcome = try ask()
        #expect(try outcome.event(TimeOffRequested.self).affected == [first, last])
        #expect(outcome.reply.affected == [first, last])
        #expect(outcome.reply.id == outcome.recorded[0].position)
    }

    @Test func `an appointment that only touches is not affected, one that is cancelled neither`() throws {
        try story.openWeekdays(cast.ana)
        let touching = try book("2026-02-02T09:10", with: cast.ana)
        let cancelled = try book("2026-02-03T10:00", with: cast.ana)
        try story.given(AppointmentCancelled.with { $0.appointment = cancelled })
        #expect(try ask { $0.start = "2026-02-02T10:00" }.reply.affected.isEmpty)
        #expect(try ask { $0.start = "2026-02-02T09:59" }.reply.affected == [touching])
    }

    @Test func `its reason is private to the member of staff`() throws {
        let event = try ask { $0.reason = "A funeral." }.event(TimeOffRequested.self)
        #expect(event.reason.text == "A funeral.")
        #expect(event.reason.isSealed(for: cast.ana, .personnel))
        #expect(try ask { $0.reason = String(repeating: "r", count: 501) }.refused == .malformed("reason"))
    }

    @Test func `a time off has a kind, and lasts up to 366 days`() throws {
        #expect(try ask { $0.clearKind() }.refused == .malformed("kind"))
        #expect(try ask { $0.end = "2026-02-02T00:00" }.refused == .malformed("end"))
        #expect(try ask { $0.end = "2027-02-04T00:00" }.refused == .malformed("end"))
        #expect(try ask { $0.end = "2027-02-03T00:00" }.refusal == nil)
        #expect(try ask { $0.start = "2026-02-30T00:00" }.refused == .malformed("start"))
        #expect(try ask { $0.clearEnd() }.refused == .malformed("end"))
        #expect(try ask { $0.end = "2026-03-08T02:15" }.refused == Refused("INV-SCHED-23", "end"))
    }

    @Test func `one asks for oneself, and a manager for anybody`() throws {
        #expect(try ask(by: cast.ben).refused == .notPermitted)
        #expect(try ask(by: cast.desk).refused == .notPermitted)
        #expect(try ask(by: cast.manager).refusal == nil)
        #expect(try ask({ $0.staff = cast.cleo }, by: cast.manager).refused == .notFound("staff"))
        #expect(try ask({ $0.clearStaff() }, by: cast.manager).refused == .malformed("staff"))
    }
}
