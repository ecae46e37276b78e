import Clinic
import Dispatch
import EventStore
import Schema
import Synchronization

/// Appends batch after batch on a thread of its own, while the next one is decided.
final class BulkCommitter: Sendable {
    private struct Work {
        /// Handed over and not yet durable, in order.
        var waiting: [(start: UInt64, recorded: [Recorded])] = []
        var figures = BulkWriter.Figures()
        var failure: (any Error)?
    }

    /// Batches that may wait, so that memory is bounded.
    private static let waitingMax = 2

    private let log: EventLog
    private let recorded: @Sendable ([Recorded]) -> Void
    private let work = Mutex(Work())
    private let queue = DispatchQueue(label: "commits")
    private let room = DispatchSemaphore(value: BulkCommitter.waitingMax)

    init(log: EventLog, recorded: @escaping @Sendable ([Recorded]) -> Void) {
        self.log = log
        self.recorded = recorded
    }

    /// Takes a batch over, as soon as there is room.
    /// - Throws: what an earlier one failed with.
    func commit(_ batch: Batch) throws {
        room.wait()
        let (start, records, read) = (batch.start, batch.records, batch.recorded)
        try work.withLock { work in
            if let failure = work.failure {
                room.signal()
                throw failure
            }
            work.waiting.append((start, read))
        }
        queue.async { [self] in
            append(records, read, at: start)
            room.signal()
        }
    }

    private func append(_ records: [[UInt8]], _ read: [Recorded], at start: UInt64) {
        guard work.withLock({ $0.failure == nil }) else { return }
        do {
            _ = try log.append(records, at: start)
            try log.growIfNeeded()
        } catch {
            return work.withLock { $0.failure = error }
        }
        work.withLock { work in
            work.waiting.removeFirst()
            work.figures.commits += 1
            work.figures.events += UInt64(records.count)
            work.figures.recordBytes += records.reduce(0) { $0 + UInt64($1.count) }
        }
        recorded(read)
    }

    /// Waits until all is durable.
    func finish() throws -> BulkWriter.Figures {
        queue.sync {}
        return try work.withLock { work in
            if let failure = work.failure { throw failure }
            return work.figures
        }
    }

    /// A record of an earlier batch, whether or not it is durable yet.
    func stored(at position: UInt64) throws -> Recorded? {
        let waiting = work.withLock { work in work.waiting.last { $0.start <= position } }
        if let waiting, position - waiting.start < UInt64(waiting.recorded.count) {
            return waiting.recorded[Int(position - waiting.start)]
        }
        return try LogReader(log).recorded(at: position)
    }
}
