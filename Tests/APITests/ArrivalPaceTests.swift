import NIOCore
import Testing

@testable import API

struct ArrivalPaceTests {
    private func at(_ milliseconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000) + .milliseconds(milliseconds)
    }

    @Test func `who opens thousands at once has so many, and others are not touched by it`() {
        var pace = ArrivalPace(atOnceMax: 128, perSecond: 512)
        let admitted = (0..<4_096).count { _ in pace.admit(1_000, now: at(0)) }
        #expect(admitted == 128)
        let another = pace.admit(1_001, now: at(0))
        #expect(another)
    }

    @Test func `places come back by the second, and never more than there are at once`() {
        var pace = ArrivalPace(atOnceMax: 128, perSecond: 512)
        for _ in 0..<200 { _ = pace.admit(1, now: at(0)) }
        let afterAMoment = (0..<100).count { _ in pace.admit(1, now: at(125)) }
        #expect(afterAMoment == 64)
        let afterAnHour = (0..<200).count { _ in pace.admit(1, now: at(3_600_000)) }
        #expect(afterAnHour == 128)
    }

    @Test func `users without number are forgotten when they have rested, and the others are not`() {
        var pace = ArrivalPace(atOnceMax: 1, perSecond: 1)
        let first = pace.admit(1, now: at(600))
        for uid in UInt32(2)..<3_000 { _ = pace.admit(uid, now: at(0)) }
        let again = pace.admit(1, now: at(1_200))
        #expect(first && !again)
        #expect(Set(pace.rooms.keys) == [1])
        let rested = pace.admit(2, now: at(1_200))
        #expect(rested)
    }
}
