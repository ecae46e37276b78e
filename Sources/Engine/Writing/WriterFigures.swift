import Synchronization

/// What the writer has done since the start.
public struct WriterFigures: Sendable {
    /// Upper bounds of the sizes of commits that are told apart, in events.
    public static let bounds = [1, 4, 16, 64, 256, 1_024, 4_096]

    /// Commits.
    public fileprivate(set) var batches: UInt64 = 0
    public fileprivate(set) var events: UInt64 = 0
    /// Commits of at most as many events as each of `bounds` says.
    public fileprivate(set) var buckets = [UInt64](repeating: 0, count: bounds.count)
    public var queueLength = 0
}

/// Counts while the writer writes.
final class WriterCount: Sendable {
    private let figures = Mutex(WriterFigures())

    func committed(events: Int) {
        guard events > 0 else { return }
        figures.withLock { figures in
            figures.batches += 1
            figures.events += UInt64(events)
            for (index, bound) in WriterFigures.bounds.enumerated() where events <= bound {
                figures.buckets[index] += 1
            }
        }
    }

    var now: WriterFigures { figures.withLock { $0 } }
}

extension Engine {
    public var writerFigures: WriterFigures {
        var figures = writer.count.now
        figures.queueLength = writer.queue.count
        return figures
    }
}
