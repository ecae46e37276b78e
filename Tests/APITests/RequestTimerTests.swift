import NIOCore
import Testing

@testable import API

struct RequestTimerTests {
    private func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(1_000_000_000) + .seconds(seconds) }
    private var timer: RequestTimer { RequestTimer(limits: EdgeLimits(), now: at(0)) }

    @Test func `a connection without a request is closed after 15 seconds`() {
        let timer = timer
        #expect(timer.verdict(now: at(14)) == .fine)
        #expect(timer.verdict(now: at(15)) == .close)
    }

    @Test func `a head that trickles in is refused 15 seconds after its first byte, however steadily it comes`() {
        var timer = timer
        for second in 10..<25 { timer.received(bytes: 1, now: at(Int64(second))) }
        #expect(timer.verdict(now: at(24)) == .fine)
        #expect(timer.verdict(now: at(25)) == .refuse)
    }

    @Test func `a body that trickles in is refused by the same clock`() {
        var timer = timer
        timer.received(bytes: 200, now: at(0))
        timer.headEnded(isUpload: false, now: at(0))
        for second in 1..<15 { timer.received(bytes: 1, now: at(Int64(second))) }
        #expect(timer.verdict(now: at(14)) == .fine)
        #expect(timer.verdict(now: at(15)) == .refuse)
    }

    @Test func `a spreadsheet has longer`() {
        var timer = timer
        timer.received(bytes: 200, now: at(0))
        timer.headEnded(isUpload: true, now: at(0))
        #expect(timer.verdict(now: at(119)) == .fine)
        #expect(timer.verdict(now: at(120)) == .refuse)
    }

    @Test func `what was allowed for a spreadsheet is not allowed for the request after it`() {
        var timer = timer
        timer.received(bytes: 200, now: at(0))
        timer.headEnded(isUpload: true, now: at(0))
        timer.requestEnded(now: at(1))
        timer.answerEnded(now: at(2))
        timer.received(bytes: 1, now: at(3))
        #expect(timer.verdict(now: at(18)) == .refuse)
    }

    @Test func `an answer may take its time, as long as what is written is taken`() {
        var timer = timer
        timer.received(bytes: 200, now: at(0))
        timer.headEnded(isUpload: false, now: at(0))
        timer.requestEnded(now: at(0))
        #expect(timer.verdict(now: at(3_600)) == .fine)
        timer.writeBegan(now: at(3_600))
        #expect(timer.verdict(now: at(3_614)) == .fine)
        #expect(timer.verdict(now: at(3_615)) == .close)
    }

    @Test func `each piece that is taken begins the stall anew`() {
        var timer = timer
        timer.received(bytes: 200, now: at(0))
        timer.headEnded(isUpload: false, now: at(0))
        timer.requestEnded(now: at(0))
        timer.writeBegan(now: at(0))
        timer.writeBegan(now: at(0))
        timer.writeEnded(now: at(14))
        #expect(timer.verdict(now: at(28)) == .fine)
        #expect(timer.verdict(now: at(29)) == .close)
    }

    @Test func `a second request that never ends is closed on, not answered, while the first is owed an answer`() {
        var timer = timer
        timer.received(bytes: 400, now: at(0))
        timer.headEnded(isUpload: false, now: at(0))
        timer.requestEnded(now: at(0))
        timer.received(bytes: 10, now: at(1))
        #expect(timer.verdict(now: at(16)) == .close)
        timer.answerEnded(now: at(16))
        #expect(timer.verdict(now: at(16)) == .refuse)
    }

    @Test func `the idle clock starts when the last answer is out`() {
        var timer = timer
        timer.received(bytes: 400, now: at(0))
        timer.headEnded(isUpload: false, now: at(0))
        timer.requestEnded(now: at(0))
        timer.answerEnded(now: at(10))
        #expect(timer.verdict(now: at(24)) == .fine)
        #expect(timer.verdict(now: at(25)) == .close)
    }

    @Test func `a head without an end is too long at some length, a body is not`() {
        var timer = timer
        timer.received(bytes: 16_000, now: at(0))
        #expect(!timer.isHeadTooLong)
        timer.received(bytes: 16_000, now: at(0))
        #expect(timer.isHeadTooLong)
        timer.headEnded(isUpload: false, now: at(0))
        timer.received(bytes: 1_000_000, now: at(0))
        #expect(!timer.isHeadTooLong)
    }
}
