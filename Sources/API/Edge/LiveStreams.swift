import NIOCore
import Synchronization

/// The answers that go on until somebody ends them: the client by going away, or the daemon by going down.
final class LiveStreams: Sendable {
    private struct Contents {
        var ends: [UInt64: @Sendable () -> Void] = [:]
        var next: UInt64 = 0
        var isOver = false
    }

    private let contents = Mutex(Contents())

    /// The same elements, until the connection or the daemon ends. A slow reader sees the newest only.
    func until<Element: Sendable>(_ channel: any Channel, _ source: AsyncStream<Element>) -> AsyncStream<Element> {
        let (stream, continuation) = AsyncStream.makeStream(of: Element.self, bufferingPolicy: .bufferingNewest(1))
        let pump = Task {
            for await element in source { continuation.yield(element) }
            continuation.finish()
        }
        let end = { @Sendable in
            continuation.finish()
            pump.cancel()
        }
        let id = contents.withLock { contents -> UInt64? in
            guard !contents.isOver else { return nil }
            contents.next += 1
            contents.ends[contents.next] = end
            return contents.next
        }
        guard let id else {
            end()
            return stream
        }
        continuation.onTermination = { [self] _ in
            pump.cancel()
            contents.withLock { _ = $0.ends.removeValue(forKey: id) }
        }
        channel.closeFuture.whenComplete { _ in end() }
        return stream
    }

    /// Ends them all, and any that would begin.
    func endAll() {
        let ends = contents.withLock { contents in
            contents.isOver = true
            defer { contents.ends = [:] }
            return Array(contents.ends.values)
        }
        for end in ends { end() }
    }

    var count: Int { contents.withLock { $0.ends.count } }
}
