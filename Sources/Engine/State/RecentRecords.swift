import DequeModule
import Schema
import Synchronization

/// The newest records as the writer decoded them, so that no read model decodes them again.
///
/// They are put in before they are committed, since a follower is awake as soon as they are; nobody reads beyond the log's
/// size, and what was not committed gives way to the next batch, which begins where it began.
final class RecentRecords: Sendable {
    /// Several times what a batch holds. Read models that are further behind read the log.
    static let countMax = 4_096
    /// Of the records as stored; decoded they take about four times as much.
    static let bytesMax = 8 << 20

    /// What one batch wrote. It is never changed, so that nobody who reads it holds up the writer.
    private struct Chunk {
        var records: [Recorded]
        var bytes: Int

        var start: UInt64 { records[0].position }
        var end: UInt64 { start + UInt64(records.count) }
    }

    private struct Kept {
        var chunks: Deque<Chunk> = []
        var count = 0
        var bytes = 0

        mutating func removeFirst() {
            let chunk = chunks.removeFirst()
            count -= chunk.records.count
            bytes -= chunk.bytes
        }
    }

    private let kept = Mutex(Kept())

    /// - Parameter bytes: what the records take when stored.
    func put(_ records: [Recorded], bytes: Int) {
        guard !records.isEmpty else { return }
        kept.withLock { kept in
            // After a batch that was dropped.
            if let last = kept.chunks.last, last.end != records[0].position { kept = Kept() }
            kept.chunks.append(Chunk(records: records, bytes: bytes))
            kept.count += records.count
            kept.bytes += bytes
            while kept.count > Self.countMax || kept.bytes > Self.bytesMax { kept.removeFirst() }
        }
    }

    /// Some from `start` to before `end`, as many as were written together; nil when the first is not among them.
    func records(from start: UInt64, upTo end: UInt64) -> ArraySlice<Recorded>? {
        kept.withLock { kept in
            guard start < end, let chunk = kept.chunks.last(where: { $0.start <= start }), start < chunk.end else {
                return nil
            }
            return chunk.records[Int(start - chunk.start)..<Int(min(end, chunk.end) - chunk.start)]
        }
    }
}
