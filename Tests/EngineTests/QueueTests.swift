import Clinic
import Dispatch
import Schema
import Synchronization
import Testing

@testable import Engine

@Suite struct QueueTests {
    private func nothing() -> WorkItem { .aside { _ in } }

    @Test func `it takes what it has room for and no more`() {
        let queue = WorkQueue()
        for _ in 0..<WorkQueue.itemsMax { #expect(queue.add(nothing())) }
        #expect(!queue.add(nothing()))
        #expect(queue.take(timeout: .never)?.count == WorkQueue.batchMax)
        #expect(queue.add(nothing()))
        #expect(queue.count == WorkQueue.itemsMax - WorkQueue.batchMax + 1)
    }

    @Test func `what was done is let go, also when there is always more to do`() {
        final class Held: Sendable {}
        let queue = WorkQueue()
        weak var first: Held?
        do {
            let held = Held()
            first = held
            #expect(queue.add(.aside { _ in withExtendedLifetime(held) {} }))
        }
        for _ in 0..<20 {
            for _ in 0..<WorkQueue.batchMax { #expect(queue.add(nothing())) }
            _ = queue.take(timeout: .never)
        }
        #expect(queue.count > 0)
        #expect(first == nil)
    }

    @Test func `closed it gives out what waits and then ends`() {
        let queue = WorkQueue()
        for _ in 0..<300 { _ = queue.add(nothing()) }
        queue.close()
        #expect(!queue.add(nothing()))
        #expect(queue.take(timeout: .never)?.count == 256)
        #expect(queue.take(timeout: .never)?.count == 44)
        #expect(queue.take(timeout: .never) == nil)
    }

    @Test func `what is added while it is being closed is given out`() {
        for _ in 0..<2_000 {
            let queue = WorkQueue()
            let added = Mutex(0)
            let taken = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: 3) { worker in
                switch worker {
                case 0:
                    while let batch = queue.take(timeout: .milliseconds(1)) { taken.withLock { $0 += batch.count } }
                case 1: for _ in 0..<3 where queue.add(.aside { _ in }) { added.withLock { $0 += 1 } }
                default: queue.close()
                }
            }
            #expect(taken.withLock { $0 } == added.withLock { $0 })
        }
    }
}
