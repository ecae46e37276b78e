import Foundation
import Glibc
import ProjectionKit
import Synchronization
import Testing

@Suite struct NiceTests {
    private static var mine: Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

    @Test func `a thread that stands back does so alone`() {
        let before = Self.mine
        let found = Mutex<[Int32]>([])
        let ended = DispatchSemaphore(value: 0)
        Thread {
            for nice: Thread.Nice in [.follower, .job] {
                Thread.standBack(nice)
                let mine = Self.mine
                found.withLock { $0.append(mine) }
            }
            ended.signal()
        }.start()
        ended.wait()
        #expect(found.withLock { $0 } == [Thread.Nice.follower, .job].map { max(before, $0.rawValue) })
        #expect(Self.mine == before)
    }
}
