import Foundation
import LMDBKit
import Schema
import Synchronization

/// Whether a read model has come as far as somebody needs.
public enum ReachResult: Sendable {
    case reached
    case behind(lag: UInt64, progressPermille: Int)
    /// It failed at this position; `reason` names the kind of error and nothing of its values.
    case stopped(at: UInt64, reason: String)
}

/// One read model, running: a thread that follows the log, and readers beside it.
public final class View<P: Projector>: AnyView, @unchecked Sendable {
    // Unchecked: everything mutable is guarded by `condition`, but for `inHand`, which the follower alone uses.
    public var name: String { P.name }
    let source: any RecordSource
    let generations: GenerationFolder
    let condition = NSCondition()
    var generation: Generation<P>
    var committed: UInt64
    var stopped: (at: UInt64, reason: String)?
    let inHand: RecordInHand
    /// How far the present version's rows are, in permille, while a former version's serve.
    var upgrade: Int?
    /// The thread that builds them is at it, or waits for its turn.
    var isUpgrading = false
    /// How far the rows are, in permille, that take the place of those in damaged files.
    var mending: Int?
    /// How many threads that build them have not ended.
    var mendThreads = 0
    /// Held through a rebuild.
    let rebuilding = NSLock()
    private var asides: [() -> Void] = []
    /// Whether there is something for the follower but records.
    private let isCalled = Atomic(false)
    /// The greatest position that somebody waits for.
    private var wanted: UInt64 = 0
    let opened = ContinuousClock.now
    private(set) var isEnding = false
    private var hasEnded = false

    /// Opens the generation that serves, or begins a new one when its files cannot be trusted. One of a former version of
    /// the projector serves until that of the present version is built.
    ///
    /// - Parameter bootID: the machine's present boot, from the kernel unless a test gives its own.
    public init(
        dataDirectory: String, source: any RecordSource, bootID: String? = nil, care: FileCare = FileCare()
    ) throws {
        self.source = source
        generations = try GenerationFolder(dataDirectory: dataDirectory, name: P.name)
        let opened = try Self.opened(generations, source, bootID, care)
        generation = opened.generation
        upgrade = opened.isOutdated ? 0 : nil
        isUpgrading = opened.isOutdated
        committed = try generation.position()
        inHand = RecordInHand(path: generations.inHandPath, version: P.version)
        try generation.markInUse()
        let thread = Thread { [self] in follow() }
        thread.name = P.name
        thread.stackSize = 4 << 20
        thread.start()
        if opened.isOutdated { startUpgrade() }
    }

    private static func opened(
        _ folder: GenerationFolder, _ source: any RecordSource, _ bootID: String?, _ care: FileCare
    ) throws -> (generation: Generation<P>, isOutdated: Bool) {
        if let current = folder.current,
            let version = Generation<P>.version(inFolder: folder.folder(current), bootID: bootID),
            version == P.version || version < P.version && mayUpgrade(folder)
        {
            try folder.removeAll(except: current)
            if let generation = reopened(folder.folder(current), version, bootID, care),
                let position = try? generation.position(), position <= source.size
            {
                return (generation, version < P.version)
            }
        }
        let number = try folder.next()
        try folder.removeAll(except: nil)
        let generation = try Generation<P>(folder: folder.folder(number), bootID: bootID)
        try folder.setCurrent(number)
        return (generation, false)
    }

    /// A record that ended the process while the present version's rows were built aside is the follower's affair, who
    /// stops there.
    private static func mayUpgrade(_ folder: GenerationFolder) -> Bool {
        let aside = RecordInHand(path: folder.inHandAsidePath, version: P.version)
        guard aside.refused != nil else { return true }
        try? FileManager.default.removeItem(atPath: folder.inHandPath)
        try? FileManager.default.moveItem(atPath: folder.inHandAsidePath, toPath: folder.inHandPath)
        return false
    }

    /// Nil for files that are damaged.
    private static func reopened(
        _ folder: String, _ version: UInt64, _ bootID: String?, _ care: FileCare
    ) -> Generation<P>? {
        var reason = care.damage(inFolder: folder).map { "\($0)" }
        if reason == nil {
            do {
                return try Generation<P>(folder: folder, version: version, bootID: bootID)
            } catch {
                reason = "\(error)"
            }
        }
        care.tell("the read model \(P.name) is damaged and is made anew: \(reason ?? "")")
        return nil
    }

    /// The number of records folded in, as readers see it.
    public var position: UInt64 { locked { committed } }

    /// Blocks until the read model has folded in `position` records, or the time is over.
    public func reach(_ position: UInt64, timeout: Duration) -> ReachResult {
        let (seconds, attoseconds) = timeout.components
        let deadline = Date(timeIntervalSinceNow: Double(seconds) + Double(attoseconds) / 1e18)
        condition.lock()
        defer { condition.unlock() }
        if wanted < position {
            wanted = position
            condition.broadcast()
        }
        while committed < position || mending != nil {
            if let mending { return .behind(lag: position, progressPermille: mending) }
            if let stopped {
                // The present projector need not get along with a former one's rows; it will have its own.
                if let upgrade { return .behind(lag: position - committed, progressPermille: upgrade) }
                return .stopped(at: stopped.at, reason: stopped.reason)
            }
            if !condition.wait(until: deadline) { break }
        }
        guard committed < position else { return .reached }
        return .behind(lag: position - committed, progressPermille: Int(committed * 1_000 / max(position, 1)))
    }

    /// Runs `body` on a snapshot.
    public func read<Result>(_ body: (P, borrowing ReadTransaction) throws -> Result) throws -> Result {
        let (generation, upgrade) = locked { (self.generation, self.upgrade) }
        do {
            return try generation.environment.read { try body(generation.projector, $0) }
        } catch  where upgrade != nil && !(error is Refusal) {
            // Rows of a former version that the present one cannot read.
            throw Refusal.busy("The \(P.name) is being rebuilt.").with { $0.progressPermille = upgrade }
        } catch  where breakDown(generation, if: error) {
            throw Refusal.busy("The \(P.name) is damaged and is being made anew.")
        }
    }

    public func digest() throws -> (position: UInt64, digest: String) { try locked { generation }.digest() }

    public var status: ViewStatus {
        locked {
            if let upgrade {
                return stopped == nil ? .upgrading(progressPermille: upgrade) : .building(progressPermille: upgrade)
            }
            if let mending { return .building(progressPermille: mending) }
            if let stopped { return .stopped(at: stopped.at, reason: stopped.reason) }
            let size = source.size
            return committed + 2_000 >= size
                ? .serving : .building(progressPermille: Int(committed * 1_000 / max(size, 1)))
        }
    }

    @discardableResult
    public func clearStaleReaders() throws -> Int { try locked { generation }.environment.clearStaleReaders() }

    /// Ends the thread, syncs, and marks the files good.
    public func stop() {
        condition.lock()
        isEnding = true
        condition.broadcast()
        condition.unlock()
        call()
        condition.lock()
        while !hasEnded { condition.wait() }
        let last = generation
        condition.unlock()
        // Whoever builds beside it notices the end.
        try? awaitUpgrade { false }
        locked { while mendThreads > 0 { condition.wait() } }
        rebuilding.lock()
        defer { rebuilding.unlock() }
        if locked({ mending == nil }) { try? last.close() }
    }

    func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        condition.lock()
        defer { condition.unlock() }
        return try body()
    }

    /// Runs `body` on the follower's thread, between two transactions, and waits for it.
    func aside<Result: Sendable>(_ body: @escaping @Sendable (Generation<P>) throws -> Result) throws -> Result {
        // Unsafe, since only `condition` orders who writes and who reads it.
        nonisolated(unsafe) var result: Swift.Result<Result, any Error>?
        condition.lock()
        // The generation is asked for when its turn has come: another aside may have switched it.
        asides.append { [self] in result = Swift.Result { try body(locked { generation }) } }
        condition.broadcast()
        condition.unlock()
        call()
        condition.lock()
        while result == nil, !hasEnded { condition.wait() }
        condition.unlock()
        guard let result else { throw ProjectionError.ended }
        return try result.get()
    }

    /// Ends the follower's waiting for records. Not under the lock: the source has one of its own.
    private func call() {
        isCalled.store(true, ordering: .sequentiallyConsistent)
        source.nudge()
    }

    /// On the follower's thread: another generation serves from now on.
    func serve(_ generation: Generation<P>, position: UInt64) {
        locked {
            self.generation = generation
            committed = position
            stopped = nil
            mending = nil
            condition.broadcast()
        }
    }

    /// The most records that are folded in before readers see them.
    static var transactionMax: UInt64 { 2_000 }

    /// Under the lock: whether somebody waits for the follower.
    var isAwaited: Bool { wanted > committed || !asides.isEmpty }

    private func follow() {
        Thread.standBack(.follower)
        let pace = Pace(beside: source) { [self] until in
            locked { if !isEnding, !isAwaited { _ = condition.wait(until: until) } }
        }
        inHand.watchThread()
        defer { RecordInHand.unwatchThread() }
        while true {
            isCalled.store(false, ordering: .sequentiallyConsistent)
            let (waiting, isOver) = locked { () -> ([() -> Void], Bool) in
                defer { asides = [] }
                return (asides, isEnding)
            }
            for body in waiting {
                body()
                locked { condition.broadcast() }
            }
            if isOver { break }
            // Only now: what was done aside may have another generation serve, which has not stopped.
            let (position, isStopped) = locked { (committed, stopped != nil) }
            if isStopped || position >= source.size {
                _ = source.wait(past: isStopped ? .max : position, timeout: .seconds(60)) {
                    isCalled.load(ordering: .sequentiallyConsistent)
                }
            } else {
                let isLittle = source.size < position + Self.transactionMax
                if isLittle { gather() }
                let began = ContinuousClock.now
                project(from: position, pace: isLittle ? pace : nil)
                leaveRoomForStart(workedSince: began)
            }
        }
        locked {
            hasEnded = true
            condition.broadcast()
        }
    }
}
