import Glibc
import Synchronization

/// Tells followers that the log has grown: blocking threads by waiting, tasks by a stream.
public final class HeadSignal: @unchecked Sendable {
    // Unchecked: the condition lives at one address for life, and all else is guarded by its mutex.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var current: UInt64
    private var isOver = false
    private var streams: [UInt64: AsyncStream<UInt64>.Continuation] = [:]
    private var nextStream: UInt64 = 0

    init(size: UInt64) {
        current = size
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // A wall clock that is set back must not keep a follower waiting.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        for stream in streams.values { stream.finish() }
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// The number of durable events.
    public var size: UInt64 { locked { current } }

    /// Whether the log is closed.
    public var isFinished: Bool { locked { isOver } }

    /// Blocks the calling thread until the log is larger than `size`, the time is over, or the log is closed.
    ///
    /// Not for tasks: it would hold one of their few threads.
    ///
    /// - Parameter isCalledOff: asked before waiting and at every `nudge`, under a lock: it must take none.
    /// - Returns: the size now; not greater than `size` when the time was over first.
    public func waitUntil(
        sizeExceeds size: UInt64, timeout: Duration, unless isCalledOff: () -> Bool = { false }
    ) -> UInt64 {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let (seconds, attoseconds) = max(timeout, .zero).components
        let nanoseconds = deadline.tv_nsec + Int(attoseconds / 1_000_000_000)
        // A century is for ever, and cannot overflow.
        deadline.tv_sec += Int(min(seconds, 3_155_760_000)) + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        return locked {
            while current <= size && !isOver && !isCalledOff() {
                if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { break }
            }
            return current
        }
    }

    /// The log's sizes as it grows, beginning with the present one. A slow task sees the newest only.
    public func sizes() -> AsyncStream<UInt64> {
        let (stream, continuation) = AsyncStream.makeStream(of: UInt64.self, bufferingPolicy: .bufferingNewest(1))
        let (id, now, isFinished) = locked {
            nextStream += 1
            if !isOver { streams[nextStream] = continuation }
            return (nextStream, current, isOver)
        }
        continuation.onTermination = { [weak self] _ in self?.forget(id) }
        continuation.yield(now)
        if isFinished { continuation.finish() }
        return stream
    }

    /// Has everybody who waits ask whether they are called off.
    public func nudge() { locked { _ = pthread_cond_broadcast(condition) } }

    /// Ends every stream and wakes every thread; the log takes no more.
    public func finish() {
        let ended = locked {
            isOver = true
            pthread_cond_broadcast(condition)
            defer { streams = [:] }
            return Array(streams.values)
        }
        for stream in ended { stream.finish() }
    }

    func advance(to size: UInt64) {
        let listening = locked {
            current = size
            pthread_cond_broadcast(condition)
            return Array(streams.values)
        }
        // Outside the lock: a stream that has just ended calls `forget`.
        for stream in listening { stream.yield(size) }
    }

    private func forget(_ id: UInt64) { locked { _ = streams.removeValue(forKey: id) } }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
