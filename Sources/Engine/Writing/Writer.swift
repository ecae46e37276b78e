import Clinic
import Dispatch
import EventStore
import Foundation
import LMDBKit
import Logging
import Schema
import Vault

/// The one thread that decides and appends. It takes all that waits, settles it, commits once, and answers.
final class Writer: @unchecked Sendable {
    // Unchecked: everything but the queue is used by the writer's thread alone once it has started.
    let queue = WorkQueue()
    let count = WriterCount()
    private let log: EventLog
    private let recent: RecentRecords
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
    /// What is being done. Those who wait for it are answered nothing when the process has to end, and they are kept until
    /// it has: whoever is dropped unanswered is told of on standard error, as if it were a fault of its own.
    private var inHand: [WorkItem] = []
    /// The disk was found to have room for the batch in hand. Asked once: what it then has no room for is refused whole.
    private var hasRoom = false

    init(
        log: EventLog, recent: RecentRecords, settling: Settling, keeper: StateKeeper, published: Published,
        startup: Startup, denials: DenialWindows, looks: LookWindows, disk: DiskGuard, logger: Logger,
        lastRecordedMs: Int64, clockWatch: ClockWatch, onFatal: @escaping @Sendable (String) -> Void
    ) {
        self.log = log
        self.recent = recent
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
                // A state whose pages are damaged is not gone on with at the next start.
                if (error as? LMDBError)?.isDamage ?? false { try? keeper.distrust() }
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
        var saving = StateSaving()
        try settling.sweepScratches(state)
        while let items = queue.take(timeout: saving.isIdle ? .seconds(1) : .milliseconds(20)) {
            let work = items.filter { !$0.isAside } + windowsEnded()
            inHand = items
            if !work.isEmpty {
                switch try settle(work, state) {
                case .committed(let events): saving.learned(events)
                case .dropped:
                    // The batch was dropped, and what the state learned of it with it.
                    state = try dropping(state)
                case .damaged(let reason):
                    state = try anew(state, since: reason)
                    saving.saved()
                }
            }
            // After the commit, so that the state and the log are at one position.
            for case .aside(let body) in items { body(state) }
            inHand = []
            if saving.isDue(isIdle: work.isEmpty) {
                state = try saved(state)
                saving.saved()
            }
        }
        try close(state)
    }

    private func close(_ state: consuming ClinicState) throws {
        do {
            try state.commit()
            try keeper.close()
        } catch {
            guard error.isOutOfRoom else { throw error }
            logger.error(
                "the state is not saved, and is learned again at the next start", metadata: ["reason": "\(error)"])
        }
    }

    /// Commits what the state has learned, and goes on with it. On a full disk nothing is lost but the saving: the state
    /// learns again, in memory, and is saved when there is room.
    private func saved(_ state: consuming ClinicState) throws -> ClinicState {
        do {
            return try state.committed(in: keeper.environment)
        } catch {
            guard error.isOutOfRoom else { throw error }
            logger.error("the state cannot be saved", metadata: ["reason": "\(error)"])
        }
        return try keeper.reopen(following: LogReader(log))
    }

    private func anew(_ state: consuming ClinicState, since reason: String) throws -> ClinicState {
        _ = consume state
        return try startup.runAnew(since: reason)
    }

    /// Aborts what the state has learned since its last commit, and learns it again from the log.
    private func dropping(_ state: consuming ClinicState) throws -> ClinicState {
        _ = consume state
        return try keeper.reopen(following: LogReader(log))
    }

    private func windowsEnded() -> [WorkItem] {
        let now = settling.clock.nowMs()
        return looks.ended(nowMs: now).map { WorkItem.look($0, { _ in }) }
            + denials.ended(nowMs: now).map { WorkItem.denial($0, {}) }
    }

    private enum Settled {
        case committed(events: Int)
        /// Nothing was written.
        case dropped
        /// Nothing was written, since the state is not what it was.
        case damaged(String)
    }

    /// Settles and commits one batch, and answers everybody in it.
    private func settle(_ items: [WorkItem], _ state: borrowing ClinicState) throws -> Settled {
        let nowMs = settling.clock.nowMs()
        hasRoom = false
        var batch = Batch(
            start: log.size, recorder: Recorder(settling.vault), access: try published.access, latestMs: lastRecordedMs)
        var rest = items[...]
        do {
            while let item = rest.first {
                try take(item, into: &batch, state, nowMs: nowMs)
                rest.removeFirst()
            }
            recent.put(batch.recorded, bytes: batch.bytes)
            try commit(batch)
        } catch {
            guard let (refusal, settled) = Self.reason(for: error) else { throw error }
            logger.error("nothing was written", metadata: ["reason": "\(error)"])
            // Room for what comes next: looks, above all.
            try? disk.ballast.release()
            drop(batch, refusal)
            for item in rest { item.refuse(refusal) }
            return settled
        }
        lastRecordedMs = batch.latestMs
        if batch.acceptsClock { clockWatch.accept() }
        count.committed(events: batch.records.count)
        for case .practice(.practiceInitialised(let practice)) in batch.recorded.map(\.event) {
            published.publish(practice)
        }
        if batch.accessChanged { published.publish(batch.access) }
        for answer in batch.answers { answer(nil) }
        keepScratches(of: batch)
        return .committed(events: batch.records.count)
    }

    /// Takes back what the batch took, and tells everybody in it.
    private func drop(_ batch: Batch, _ refusal: Refusal) {
        for key in batch.recorder.taken { settling.vault.giveBackSpare(key) }
        for (client, entry) in batch.formerNames.reversed() { settling.names.restore(client, entry) }
        for denial in batch.denials { denials.forget(denial) }
        for answer in batch.answers + batch.answersOfKept { answer(refusal) }
    }

    /// After the commit: what is kept outside the log may rest on it, and never the other way.
    private func keepScratches(of batch: Batch) {
        guard !batch.scratches.isEmpty else { return }
        var failure: Refusal?
        do {
            try settling.scratches.apply(batch.scratches)
        } catch {
            logger.error("a draft is not kept outside the log", metadata: ["reason": "\(error)"])
            failure = error.isOutOfRoom ? .diskFull : .busy("The draft was not kept. Try again, or save it.")
        }
        for answer in batch.answersOfKept { answer(failure) }
    }

    private func take(
        _ item: WorkItem, into batch: inout Batch, _ state: borrowing ClinicState, nowMs: Int64
    ) throws {
        switch item {
        case .command(let submission, let answer):
            let keptCount = batch.keptCount
            let outcome = try decide(submission, into: &batch, state, nowMs: nowMs)
            let tell: @Sendable (Refusal?) -> Void = { failure in answer(failure.map { .failure($0) } ?? outcome) }
            if batch.keptCount > keptCount { batch.answersOfKept.append(tell) } else { batch.answers.append(tell) }
        case .look(let look, let answer):
            try record(look.drafts, look.caller, look.role, look.purpose, into: &batch, state, nowMs)
            batch.answers.append { failure in answer(failure.map { .failure($0) } ?? .success(())) }
        case .denial(let denial, let done):
            if denial.repeats == 0 { batch.denials.append(denial) }
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
        try batch.take(drafts, envelope, into: state)
    }

    /// Decides one command; a refusal is its outcome, and a denial is recorded.
    private func decide(
        _ submission: Submission, into batch: inout Batch, _ state: borrowing ClinicState, nowMs: Int64
    ) throws -> Outcome {
        do {
            let jump = batch.acceptsClock ? nil : clockWatch.jumpMs()
            let size = batch.records.count
            let isFirstOfAll = batch.next == 0
            let reply = try settling.settle(
                submission, recordedAtMs: max(nowMs, batch.latestMs), clockSkew: batch.isAhead(of: nowMs), in: &batch,
                state
            ) { () throws(Refusal) in
                // The first command there is has nothing before it that a wrong clock could have been wrong about.
                if let jump, !isFirstOfAll { try self.requireAcceptance(in: submission, of: jump) }
                try self.requireSpace()
            }
            // Only now: whoever asked was permitted to. It holds when the batch does. A reply that was found again
            // accepts nothing.
            if jump != nil, batch.records.count > size { batch.acceptsClock = true }
            return .success(reply)
        } catch let refusal as Refusal {
            if refusal.status == 401 || refusal.status == 403 {
                try recordDenial(of: submission, refusal, into: &batch, state, nowMs)
            }
            return .failure(refusal)
        }
    }

    private func requireSpace() throws(Refusal) {
        guard !hasRoom else { return }
        try disk.requireSpace()
        hasRoom = true
    }

    private func requireAcceptance(in submission: Submission, of jump: Int64) throws(Refusal) {
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
        guard
            let denial = denials.first(
                refusal, to: credentials, asking: type.name, type.permission, by: batch.access, nowMs: nowMs)
        else { return }
        batch.denials.append(denial)
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

    /// What the senders are told when nothing was written, and how to go on; nil when neither is known.
    private static func reason(for error: any Error) -> (Refusal, Settled)? {
        // Only the state's errors are LMDB's own: the log and the vault have theirs.
        if let error = error as? LMDBError, error.isDamage {
            let detail = "The daemon's working state is damaged and is made anew from the log. Try again in a moment."
            return (.busy(detail), .damaged("\(error)"))
        }
        return error.isOutOfRoom ? (.diskFull, .dropped) : nil
    }
}

extension Error {
    /// The disk or a map has no room; nothing was written.
    fileprivate var isOutOfRoom: Bool {
        switch (self as? LogError, self as? LMDBError) {
        case (.diskFull, _), (.mapFull, _), (_, .diskFull), (_, .mapFull): true
        default: false
        }
    }
}
