import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AcceptClockTests {
    @Test func `an owner accepts a jump of the clock by naming it, and nobody else does`() throws {
        let (story, cast) = try Story.clinic()
        let jump = AcceptClock.with { $0.jumpMs = 7_200_000 }
        #expect(try story.when(jump, by: cast.manager).refused == .notPermitted)
        #expect(try story.when(AcceptClock(), by: cast.owner).refused == .malformed("jumpMs"))
        #expect(try story.when(jump, by: cast.owner).event(ClockAccepted.self).clockAt == story.nowMs)
    }
}
