import Foundation
import ProjectionKit
import Synchronization

/// Work on several read models at once, each on a thread of its own, over one pass of the log.
enum Abreast {
    /// - Parameter progress: told, in permille, how far all of them are.
    /// - Returns: a result for each, in their order.
    /// - Throws: what the first of them threw, when all have ended.
    static func run<Found: Sendable>(
        _ views: [any AnyView], over source: any RecordSource, progress: @escaping @Sendable (Int) -> Void,
        _ body:
            @escaping @Sendable (any AnyView, SharedReplay.Reader, @escaping @Sendable (Int) -> Void) throws -> Found
    ) throws -> [Found] {
        let shares = Shares<Found>(count: views.count)
        let readers = SharedReplay(source).readers(views.count)
        let ended = DispatchGroup()
        for (index, (view, reader)) in zip(views, readers).enumerated() {
            ended.enter()
            let thread = Thread {
                Thread.standBack(.job)
                let result = Result {
                    try body(view, reader) { progress(shares.note($0, of: index)) }
                }
                reader.leave()
                shares.end(result, of: index)
                ended.leave()
            }
            thread.name = "\(view.name) job"
            thread.stackSize = 4 << 20
            thread.start()
        }
        ended.wait()
        return try shares.results()
    }

    private final class Shares<Found: Sendable>: Sendable {
        private struct Contents {
            var permille: [Int]
            var results: [Result<Found, any Error>?]
        }

        private let contents: Mutex<Contents>

        init(count: Int) {
            contents = Mutex(
                Contents(permille: Array(repeating: 0, count: count), results: Array(repeating: nil, count: count)))
        }

        /// Answers how far all are.
        func note(_ permille: Int, of index: Int) -> Int {
            contents.withLock { contents in
                contents.permille[index] = permille
                return contents.permille.reduce(0, +) / contents.permille.count
            }
        }

        func end(_ result: Result<Found, any Error>, of index: Int) {
            contents.withLock { $0.results[index] = result }
        }

        func results() throws -> [Found] {
            try contents.withLock { try $0.results.compactMap { try $0?.get() } }
        }
    }
}
