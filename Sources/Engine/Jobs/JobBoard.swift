import CMalloc
import Foundation
import ProjectionKit
import Schema
import Synchronization

/// A task that takes longer than a request: verifying, rebuilding, importing.
public struct Job: Sendable {
    public enum State: String, Sendable { case waiting, running, done, failed, cancelled }

    public let id: UInt64
    public let kind: String
    /// Who started it; nobody else but an owner may see or cancel it.
    public let startedBy: UInt64
    public var state = State.waiting
    public var progressPermille = 0
    /// What it is at, in words.
    public var step = ""
    /// What it found, as JSON.
    public var result: String?
    /// Why it failed, or what was done before it was cancelled.
    public var problem: Refusal?

    public var hasEnded: Bool { state == .done || state == .failed || state == .cancelled }
}

/// What a running job may say of itself.
public struct JobProgress: Sendable {
    let report: @Sendable (Int, String) -> Void
    /// Tells what it waits for, wherever it is.
    var waiting: @Sendable (String) -> Void = { _ in }
    let isCancelled: @Sendable () -> Bool

    /// Tells how far it has come, and throws when it was told to end.
    public func callAsFunction(_ permille: Int, _ step: String) throws {
        report(permille, step)
        guard !isCancelled() else { throw Cancellation() }
    }

    public var isToldToEnd: Bool { isCancelled() }

    /// Waits a moment, saying what for, and throws when it was told to end.
    func wait(_ step: String) throws {
        guard !isCancelled() else { throw Cancellation() }
        waiting(step)
        Thread.sleep(forTimeInterval: 0.05)
    }

    /// The same, for what must still be done after it was told to end.
    var uncancelled: JobProgress { JobProgress(report: report, waiting: waiting, isCancelled: { false }) }

    /// It was told to end; the problem says what had been done until then.
    struct Cancellation: Error {
        var problem: Refusal?
    }
}

/// The jobs of this run of the daemon: one at a time, on a thread of their own. Ended ones are remembered for a while.
public final class JobBoard: Sendable {
    /// More than this many wait for nobody.
    static let waitingMax = 64
    static let rememberedMax = 256

    private struct Contents {
        var jobs: [UInt64: Job] = [:]
        var cancelled: Set<UInt64> = []
        var next: UInt64 = 1
        var streams: [UInt64: [AsyncStream<Job>.Continuation]] = [:]
        var isClosed = false
    }

    private let contents = Mutex(Contents())
    private let queue = DispatchQueue(label: "jobs")

    public init() {}

    /// Starts a job; its result is a JSON text.
    public func start(
        _ kind: String, by staff: UInt64, _ body: @escaping @Sendable (JobProgress) throws -> String
    ) throws(Refusal) -> Job {
        let job = try contents.withLock { contents throws(Refusal) -> Job in
            let waiting = contents.jobs.values.count { !$0.hasEnded }
            guard waiting < Self.waitingMax, !contents.isClosed else {
                throw .busy("Too many jobs are waiting. Try again when some have ended.")
            }
            let job = Job(id: contents.next, kind: kind, startedBy: staff)
            contents.next += 1
            contents.jobs[job.id] = job
            forgetOldest(&contents)
            return job
        }
        queue.async { [self] in
            let ended = DispatchSemaphore(value: 0)
            // Not on the queue's own: that serves others later, who do not stand back.
            let thread = Thread { [self] in
                Thread.standBack(.job)
                run(job.id, body)
                ended.signal()
            }
            thread.name = "\(kind) job"
            thread.stackSize = 4 << 20
            thread.start()
            ended.wait()
            // Some take a hundred megabytes for a while, which the allocator would keep.
            malloc_trim(0)
        }
        return job
    }

    public func job(_ id: UInt64) -> Job? { contents.withLock { $0.jobs[id] } }

    public var all: [Job] { contents.withLock { $0.jobs.values.sorted { $0.id < $1.id } } }

    /// Tells a job to end; it does so at its next step.
    public func cancel(_ id: UInt64) {
        contents.withLock { _ = $0.cancelled.insert(id) }
    }

    /// The job as it goes on, beginning with how it is; ends with it.
    public func follow(_ id: UInt64) -> AsyncStream<Job> {
        let (stream, continuation) = AsyncStream.makeStream(of: Job.self, bufferingPolicy: .bufferingNewest(4))
        let now = contents.withLock { contents -> Job? in
            guard let job = contents.jobs[id], !job.hasEnded else { return contents.jobs[id] }
            contents.streams[id, default: []].append(continuation)
            return job
        }
        if let now { continuation.yield(now) }
        if now?.hasEnded ?? true { continuation.finish() }
        return stream
    }

    /// Tells every job to end and waits until the running one has.
    func stop() {
        let streams = contents.withLock { contents in
            contents.isClosed = true
            contents.cancelled.formUnion(contents.jobs.keys)
            defer { contents.streams = [:] }
            return contents.streams.values.flatMap { $0 }
        }
        for stream in streams { stream.finish() }
        queue.sync {}
    }

    private func run(_ id: UInt64, _ body: (JobProgress) throws -> String) {
        update(id) { $0.state = .running }
        let progress = JobProgress(
            report: { [self] permille, step in
                // Often told, and mostly of nothing new: whoever follows hears of changes.
                guard let known = job(id), known.progressPermille != permille || known.step != step else { return }
                update(id) {
                    $0.progressPermille = permille
                    $0.step = step
                }
            },
            waiting: { [self] step in update(id) { $0.step = step } },
            isCancelled: { [self] in contents.withLock { $0.cancelled.contains(id) } })
        do {
            let result = try body(progress)
            update(id) {
                $0.state = .done
                $0.progressPermille = 1_000
                $0.result = result
            }
        } catch let cancellation as JobProgress.Cancellation {
            update(id) {
                $0.state = .cancelled
                $0.problem = cancellation.problem
            }
        } catch is Cancelled {
            update(id) { $0.state = .cancelled }
        } catch let refusal as Refusal {
            update(id) {
                $0.state = .failed
                $0.problem = refusal
            }
        } catch {
            update(id) {
                $0.state = .failed
                $0.problem = Refusal(
                    .problem("job-failed"), status: 500, title: "The job failed",
                    detail: "It ended with this: \(ErrorWords.of(error)).")
            }
        }
    }

    private func update(_ id: UInt64, _ change: (inout Job) -> Void) {
        let (job, streams) = contents.withLock { contents -> (Job?, [AsyncStream<Job>.Continuation]) in
            guard var job = contents.jobs[id] else { return (nil, []) }
            change(&job)
            contents.jobs[id] = job
            let streams = contents.streams[id] ?? []
            if job.hasEnded { contents.streams[id] = nil }
            return (job, streams)
        }
        guard let job else { return }
        for stream in streams {
            stream.yield(job)
            if job.hasEnded { stream.finish() }
        }
    }

    private func forgetOldest(_ contents: inout Contents) {
        let ended = contents.jobs.values.filter(\.hasEnded).map(\.id).sorted()
        for id in ended.prefix(max(0, ended.count - Self.rememberedMax)) { contents.jobs[id] = nil }
    }
}
