import Dispatch
import Synchronization

/// The writer's mailbox: bounded, so that a flood is answered at once instead of filling the memory.
final class WorkQueue: Sendable {
    /// About a second of work.
    static let itemsMax = 16_384
    /// As much as one commit carries.
    static let batchMax = 256

    private struct Contents {
        var items: [WorkItem] = []
        var taken = 0
        var isClosed = false
    }

    private let contents = Mutex(Contents())
    private let arrived = DispatchSemaphore(value: 0)

    /// Adds work; false when the queue is full or closed.
    func add(_ item: WorkItem) -> Bool {
        let isAdded = contents.withLock { contents in
            guard !contents.isClosed, contents.items.count - contents.taken < Self.itemsMax else { return false }
            contents.items.append(item)
            return true
        }
        if isAdded { arrived.signal() }
        return isAdded
    }

    /// Takes what waits, at most one batch; nothing when the time is over first, nil when closed and empty.
    func take(timeout: DispatchTimeInterval) -> [WorkItem]? {
        let (batch, isClosed) = takeNow()
        guard batch.isEmpty else { return batch }
        if isClosed { return nil }
        _ = arrived.wait(timeout: .now() + timeout)
        return takeNow().batch
    }

    /// Both under one lock: what was added just before the closing is not left behind.
    private func takeNow() -> (batch: [WorkItem], isClosed: Bool) {
        let (batch, isClosed) = contents.withLock { contents -> ([WorkItem], Bool) in
            let end = min(contents.taken + Self.batchMax, contents.items.count)
            let batch = Array(contents.items[contents.taken..<end])
            contents.taken = end
            if contents.taken == contents.items.count {
                contents.items.removeAll(keepingCapacity: contents.items.capacity <= 1_024)
                contents.taken = 0
            } else if contents.taken >= 1_024 {
                // Under a load that never lets up the queue is never empty; what was done is let go all the same.
                contents.items.removeFirst(contents.taken)
                contents.taken = 0
            }
            return (batch, contents.isClosed)
        }
        // One signal was given for each item; the first was consumed by waiting, if anybody waited.
        for _ in batch.dropFirst() { _ = arrived.wait(timeout: .now()) }
        return (batch, isClosed)
    }

    /// Everything that waits, for one who will not do it.
    func takeAll() -> [WorkItem] {
        contents.withLock { contents in
            defer {
                contents.items = []
                contents.taken = 0
            }
            return Array(contents.items[contents.taken...])
        }
    }

    /// No more work is taken; what waits is still done.
    func close() {
        contents.withLock { $0.isClosed = true }
        arrived.signal()
    }

    var count: Int { contents.withLock { $0.items.count - $0.taken } }
}
