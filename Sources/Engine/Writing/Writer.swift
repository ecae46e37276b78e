import Clinic
import Dispatch
import EventStore
import Foundation
import Logging
import Schema
import Vault

/// The one thread that decides and appends. It takes all that waits, settles it, commits once, and answers.
final class Writer: @unchecked Sendable {
    // Unchecked: everything but the queue is used by the writer's thread alone once it has started.
    let queue = WorkQueue()
    let count = WriterCount()
    private let log: EventLog
    private let settling: Settling
    private let keeper: StateKeeper
    private let published: Published
    private let startup: Startup
    private let denials: DenialWindows
    private let looks: LookWindows
    private let disk: DiskGuard
    private let logger: Logger
    /// Called when the outcome of a commit is unknown or the state is damaged: the process ends and a start finds the
    /// truth.
    private let onFatal: @Sendable (String) -> Void
    private let ended = DispatchSemaphore(value: 0)
    private var clockWatch: ClockWatch
    private var lastRecordedMs: Int64

    init(
        log: EventLog, settling: Settling, keeper: StateKeeper, published: Published, startup: Startup,
        denials: DenialWindows, looks: LookWindows, disk: DiskGuard, logger: Logger, lastRecordedMs: Int64,
        clockWatch: ClockWatch, onFatal: @escaping @Sendable (String) -> Void
    ) {
        self.log = log
        self.settling = settling
        self.keeper = keeper
        self.published = published
        self.startup = startup
        self.denials = denials
        self.looks = looks
        self.disk = disk
        self.logger = logger
        self.lastRecordedMs = lastRecordedMs
        self.onFatal = onFatal
        self.clockWatch = clockWatch
    }

    func start() {
        let thread = Thread { [self] in
            do {
                try run(try startup.run())
            } catch is Startup.Abandoned {
                // Ended before it could begin; what waits is told nothing was done.
                for item in queue.takeAll() { item.refuse(.busy("The daemon is ending.")) }
            } catch {
                if !startup.fail(error) { onFatal("the writer stopped: \(error)") }
            }
            ended.signal()
        }
        thread.name = "writer"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Does what waits, commits, and ends the thread.
    func stop() {
        startup.abandon()
        queue.close()
        ended.wait()
        ended.signal()
    }

    private func run(_ opened: consuming ClinicState) throws {
        var state = opened
        var uncommitted = 0
        var committedAt = DispatchTime.now()
        while let items = queue.take(timeout: uncommitted == 0 ? .seconds(1) : .milliseconds(20)) {
            let work = items.filter { !$0.isAside } + windowsEnded()
            if !work.isEmpty {
                let count = try settle(work, state)
                if let count {
                    uncommitted += count
                } else {
                    // The batch was dropped, and what the state learned of it with it.
                    state = try dropping(state)
                    uncommitted = 0
                }
            }
            // After the commit, so that the state and the log are at one position.
            for case .aside(let body) in items { body(state) }
            let isDue = uncommitted >= 2_000 || DispatchTime.now() > committedAt + .milliseconds(250)
            if uncommitted > 0, work.isEmpty || isDue {
                try state.commit()
                state = try ClinicState(in: keeper.environment)
                uncommitted = 0
                committedAt = .now()
            }
        }
        try state.commit()
        try keeper.close()
    }

    /// Aborts what the state has learned since its last commit, and learns it again from the log.
    private func dropping(_ state: consuming ClinicState) throws -> ClinicState {
        _ = consume state
        return try keeper.open(following: LogReader(log))
    }

    private func windowsEnded() -> [WorkItem] {
        let now = settling.clock.nowMs()
        return looks.ended(nowMs: now).map { WorkItem.look($0, { _ in }) }
            + denials.ended(nowMs: now).map { WorkItem.denial($0, {}) }
    }

    /// Settles and commits one batch; the number of events, or nil when nothing of it was written.
    private func settle(_ items: [WorkItem], _ state: borrowing ClinicState) throws -> Int? {
        let nowMs = settling.clock.nowMs()
        var batch = Batch(
            start: log.size, recorder: Recorder(settling.vault), access: try published.access, latestMs: lastRecordedMs)
        for item in items { try take(item, into: &batch, state, nowMs: nowMs) }
        do {
            try commit(batch)
        } catch {
            guard let refusal = Self.refusal(for: error) else { throw error }
            logger.error("nothing was written", metadata: ["reason": "\(error)"])
            // Room for what comes next: looks, above all.
            try? disk.ballast.release()
            for key in batch.recorder.taken { settling.vault.giveBackSpare(key) }
            for answer in batch.answers { answer(refusal) }
            return nil
        }
        lastRecordedMs = batch.latestMs
        if batch.acceptsClock { clockWatch.accept() }
        count.committed(events: batch.records.count)
        for recorded in batch.recorded {
            try settling.names.follow(recorded, opening: settling.vault)
            if case .practice(.practiceInitialised(let practice)) = recorded.event { published.publish(practice) }
        }
        if batch.accessChanged { published.publish(batch.access) }
        for answer in batch.answers { answer(nil) }
        return batch.records.count
    }

    private func take(
        _ item: WorkItem, into batch: inout Batch, _ state: borrowing ClinicState, nowMs: Int64
    ) throws {
        switch item {
        case .command(let submission, let answer):
            let outcome = try decide(submission, into: &batch, state, nowMs: nowMs)
            batch.answers.append { failure in answer(failure.map { .failure($0) } ?? outcome) }
        case .look(let look, let answer):
            try record(look.drafts, look.caller, look.role, look.purpose, into: &batch, state, nowMs)
            batch.answers.append { failure in answer(failure.map { .failure($0) } ?? .success(())) }
        case .denial(let denial, let done):
            try record([denial.draft], denial.caller, .unspecified, .operations, into: &batch, state, nowMs)
            batch.answers.append { _ in done() }
        case .event(let draft, let caller, let answer):
            let position = batch.next
            try record([draft], caller, .unspecified, .operations, into: &batch, state, nowMs)
            batch.answers.append { failure in answer(failure.map { .failure($0) } ?? .success(position)) }
        case .aside: break
        }
    }

    /// Looks and denials. While a jump of the clock waits to be accepted they go by the time since boot, so that a wrong
    /// clock leaves no time that all later records must follow.
    private func record(
        _ drafts: [Draft], _ caller: Caller, _ role: Role.Value, _ purpose: Purpose.Value, into batch: inout Batch,
        _ state: borrowing ClinicState, _ nowMs: Int64
    ) throws {
        let trueMs = nowMs - (clockWatch.jumpMs() ?? 0)
        let envelope = Envelope(
            caller: caller, role: role, purpose: purpose, recordedAtMs: max(trueMs, batch.latestMs),
            clockSkew: batch.isAhead(of: trueMs))
        for draft in drafts {
            try batch.take(try batch.recorder.encode([draft], at: batch.next, envelope, state), into: state)
        }
    }

    /// Decides one command; a refusal is its outcome, and a denial is recorded.
    private func decide(
        _ submission: Submission, into batch: inout Batch, _ state: borrowing ClinicState, nowMs: Int64
    ) throws -> Outcome {
        do {
            let jump = batch.acceptsClock ? nil : clockWatch.jumpMs()
            // The first command there is has nothing before it that a wrong clock could have been wrong about.
            if let jump, batch.next > 0 { try requireAcceptance(in: submission, of: jump) }
            try disk.requireSpace()
            let reply = try settling.settle(
                submission, recordedAtMs: max(nowMs, batch.latestMs), clockSkew: batch.isAhead(of: nowMs), in: &batch,
                state)
            // Only now: whoever asked was permitted to. It holds when the batch does.
            if jump != nil { batch.acceptsClock = true }
            return .success(reply)
        } catch let refusal as Refusal {
            if refusal.status == 401 || refusal.status == 403 {
                try recordDenial(of: submission, refusal, into: &batch, state, nowMs)
            }
            return .failure(refusal)
        }
    }

    private func requireAcceptance(in submission: Submission, of jump: Int64) throws {
        guard let accepting = submission.command as? AcceptClock, ClockWatch.isSame(jump, accepting.jumpMs) else {
            throw Refusal(
                .problem("clock-jumped"), status: 503, title: "The clock has jumped",
                detail:
                    "The clock differs by \(jump) ms from what was expected. Correct it, or have an owner accept it: "
                    + "daybook do AcceptClock '{\"jumpMs\":\(jump)}'")
        }
    }

    private func recordDenial(
        of submission: Submission, _ refusal: Refusal, into batch: inout Batch, _ state: borrowing ClinicState,
        _ nowMs: Int64
    ) throws {
        guard case .door(let credentials) = submission.sender, try state.practice() != nil else { return }
        let type = type(of: submission.command)
        let denial = Denial(
            caller: batch.access.anyone(showing: credentials, nowMs: nowMs), name: type.name,
            permission: type.permission, status: refusal.status, windowAtMs: nowMs)
        guard denials.isFirst(denial) else { return }
        try record([denial.draft], denial.caller, .unspecified, .operations, into: &batch, state, nowMs)
    }

    private func commit(_ batch: Batch) throws {
        guard !batch.records.isEmpty else { return }
        do {
            _ = try log.append(batch.records, at: batch.start)
        } catch LogError.mapFull {
            try log.growIfNeeded(force: true)
            _ = try log.append(batch.records, at: batch.start)
        }
        try log.growIfNeeded()
    }

    /// What the senders are told when nothing was written; nil when that is not known.
    private static func refusal(for error: any Error) -> Refusal? {
        switch error {
        case LogError.diskFull, LogError.mapFull:
            Refusal(
                .problem("disk-full"), status: 507, title: "The disk is full",
                detail: "Nothing was recorded. Free some space and try again; reading goes on meanwhile.")
        default: nil
        }
    }
}
