import AuditTrailProjection
import BalancesProjection
import CalendarProjection
import ClientHistoryProjection
import DirectoryProjection
import LMDBKit
import NIOPosix
import ProjectionKit
import Schema
import Synchronization

/// Every read model there is, each following the log at its own pace.
public final class Views: Sendable {
    /// The list. A new read model is one line here.
    private static func all(_ data: String, _ source: LogReader, _ care: FileCare) throws -> [any AnyView] {
        [
            try View<AuditTrailView>(dataDirectory: data, source: source, care: care),
            try View<BalancesView>(dataDirectory: data, source: source, care: care),
            try View<CalendarView>(dataDirectory: data, source: source, care: care),
            try View<ClientHistoryView>(dataDirectory: data, source: source, care: care),
            try View<DirectoryView>(dataDirectory: data, source: source, care: care),
        ]
    }

    /// How long a question waits for its read model to catch up.
    static let patience = Duration.seconds(1)
    /// Events that a read model can be expected to fold in meanwhile.
    static let lagWaitedFor: UInt64 = 20_000
    /// Questions that may wait for a thread; more are turned away.
    static let waitingMax = 1_024

    public let list: [any AnyView]
    private let source: LogReader
    private let asOf: AsOfCache
    private let pool = NIOThreadPool(numberOfThreads: 2)
    /// For questions about former times, which wait for what is being built: they keep none of the others waiting.
    private let past = NIOThreadPool(numberOfThreads: 2)
    private let waiting = Mutex(0)

    init(dataDirectory: String, source: LogReader, care: FileCare) throws {
        self.source = source
        list = try Self.all(dataDirectory, source, care)
        asOf = try AsOfCache(directory: dataDirectory + "/as-of", source: source)
        pool.start()
        past.start()
    }

    func stop() {
        asOf.stop()
        for view in list { view.stop() }
        try? past.syncShutdownGracefully()
        try? pool.syncShutdownGracefully()
    }

    func view<P: Projector>(_ type: P.Type = P.self) -> View<P> {
        for case let view as View<P> in list { return view }
        preconditionFailure("\(P.name) is not in the list of views")
    }

    /// The answer of a read model that has reached everything acknowledged before the question, or of a former time.
    func answer<P: Projector, Answer: Sendable>(
        _ type: P.Type, _ question: Question, asOfMs: Int64?,
        _ body: @escaping @Sendable (P, borrowing ReadTransaction, Question) throws -> Answer
    ) async throws -> Answered<Answer> {
        guard let asOfMs else { return try await read(P.self) { try body($0, $1, question) } }
        return try await blocking(on: past) { [self] in
            let position = try source.position(asOfMs: asOfMs)
            // Rows know nothing of recorded time; what "today" is in the question is what it was then.
            var then = question
            then.nowMs = asOfMs
            let answer = try asOf.read(P.self, at: position) { try body($0, $1, then) }
            return Answered(answer: answer, position: position)
        }
    }

    func read<P: Projector, Answer: Sendable>(
        _ type: P.Type, _ body: @escaping @Sendable (P, borrowing ReadTransaction) throws -> Answer
    ) async throws -> Answered<Answer> {
        let head = source.size
        return try await blocking { [self] in
            let view = view(P.self)
            // One that is far behind will not be here in a second; waiting would only keep a thread from the others.
            let isFar = view.position + Self.lagWaitedFor < head
            switch view.reach(head, timeout: isFar ? .zero : Self.patience) {
            case .reached: break
            case .behind(let lag, let permille):
                throw Refusal.busy("The \(P.name) is \(lag) events behind and catching up.")
                    .with { $0.progressPermille = permille }
            case .stopped(let position, let reason):
                throw Refusal(
                    .problem("view-stopped"), status: 503, title: "This part is out of order",
                    detail: "The \(P.name) stopped at \(position) (\(reason)). Rebuild it: daybook rebuild \(P.name)")
            }
            let answer = try view.read(body)
            return Answered(answer: answer, position: head)
        }
    }

    /// Runs `body` on a thread that may block; refuses when too many wait already.
    public func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await blocking(on: pool, body)
    }

    private func blocking<Result: Sendable>(
        on threads: NIOThreadPool, _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let isFull = waiting.withLock { waiting in
            guard waiting < Self.waitingMax else { return true }
            waiting += 1
            return false
        }
        guard !isFull else { throw Refusal.busy("Too many questions are waiting. Try again in a moment.") }
        defer { waiting.withLock { $0 -= 1 } }
        return try await threads.runIfActive(body)
    }
}
