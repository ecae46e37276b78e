import Clinic
import EventStore
import Foundation
import LMDBKit
import ProjectionKit
import Schema
import Vault

/// Writes the history of a clinic that never was, fast: one command after another, each at the time it is given.
///
/// Everything is decided, sealed, recorded and appended as by the daemon's writer, but nobody waits: thousands of commands
/// share a commit, which is made while the next ones are decided, and no read model follows. A reply is durable when
/// `finish` has returned. It begins with an empty folder and belongs to one thread; whatever it throws that is no
/// `Refusal` leaves a folder that is to be thrown away.
public final class BulkWriter {
    /// What was written.
    public struct Figures: Sendable {
        public var events: UInt64 = 0
        public var commits = 0
        /// Of records, without what the log adds to them.
        public var recordBytes: UInt64 = 0
    }

    /// Records in one durable commit, about.
    private static let batchMax = 4_096
    /// Simulated time between two rotations of the keys of requests, in milliseconds: a week.
    private static let rotationMs: Int64 = 7 * 86_400_000
    /// How often windows of looks are looked for that have ended, in milliseconds of simulated time.
    private static let windowStepMs: Int64 = 5 * 60_000

    private let folders: Folders
    private let publisher: CheckpointPublisher
    private let dataDirectory: String
    private let log: EventLog
    private let keeper: StateKeeper
    let settling: Settling
    let looks = LookWindows()
    let denials = DenialWindows()
    private let committer: BulkCommitter
    private var state: ClinicState?
    private var batch: Batch
    private var nextRotationMs: Int64
    private var nextWindowsMs: Int64 = .min

    /// - Parameter recorded: told of the records of each commit, in order, on another thread.
    /// - Throws: `LogError.alreadyExists` where there is a clinic.
    public init(_ options: EngineOptions, recorded: @escaping @Sendable ([Recorded]) -> Void) throws {
        precondition(options.clock.isSimulated, "what is written in bulk is not real")
        folders = try Folders(options)
        let opened = try Opened.open(options, care: FileCare())
        log = opened.log
        guard log.size == 0 else { throw LogError.alreadyExists(path: options.dataDirectory) }
        keeper = opened.keeper
        publisher = opened.publisher
        dataDirectory = options.dataDirectory
        let committer = BulkCommitter(log: log, recorded: recorded)
        self.committer = committer
        let names = NameIndex()
        // Nobody is on file.
        names.isFull()
        settling = Settling(
            vault: opened.vault, macKeys: opened.macKeys, clock: options.clock, names: names,
            scratches: opened.scratches, stored: { try committer.stored(at: $0) }, ownUID: options.ownUID)
        let state = try keeper.open(following: LogReader(log))
        try opened.vault.findSpares { try state.isKeyUsed($0.bytes) }
        batch = Batch(start: 0, recorder: Recorder(opened.vault), access: try state.accessTable())
        self.state = consume state
        nextRotationMs = options.clock.nowMs() + Self.rotationMs
    }

    /// The position of the next record.
    public var size: UInt64 { batch.next }

    /// Decides one command at a time that is not before the last one's, milliseconds UTC. A refusal is its outcome.
    public func send(_ submission: Submission, atMs nowMs: Int64) throws -> Outcome {
        try begin(nowMs)
        do {
            return .success(
                try withState { state in
                    try settling.settle(
                        submission, recordedAtMs: nowMs, clockSkew: false, in: &batch, state, mayRecord: {})
                })
        } catch let refusal as Refusal {
            if case .door(let credentials) = submission.sender, refusal.status == 401 || refusal.status == 403 {
                let type = type(of: submission.command)
                try recordDenial(credentials, type.name, type.permission, refusal, nowMs)
            }
            return .failure(refusal)
        }
    }

    /// Somebody looks at private fields of some people, as far as they may, and for which question. What is recorded is
    /// what a look at that time would have been; nothing is opened.
    public func look(
        _ credentials: Credentials, asking query: String, _ permission: Permission, at category: Category.Value,
        of people: [UInt64], purpose: Purpose.Value = .treatment, atMs nowMs: Int64
    ) throws {
        try begin(nowMs)
        do throws(Refusal) {
            let caller = try batch.access.caller(for: credentials, nowMs: nowMs)
            let target = Target(client: people.count == 1 ? people[0] : nil, staff: caller.staff)
            let role = try batch.access.requireRole(permitting: permission, to: caller, about: target, nowMs: nowMs)
            guard let needed = category.viewPermission else { return }
            let seen = people.filter { person in
                batch.access.role(permitting: needed, to: caller, about: Target(client: person), nowMs: nowMs) != nil
            }
            var look = Look(
                caller: caller, role: role, purpose: purpose, query: query, category: category, people: seen.sorted(),
                windowAtMs: nowMs)
            look.people = looks.firstLooks(of: look, nowMs: nowMs)
            guard !look.people.isEmpty else { return }
            try recordLook(look, nowMs)
            looks.opened(look)
        } catch {
            try recordDenial(credentials, query, permission, error, nowMs)
        }
    }

    /// Commits what is left, and closes the state in order, so that a daemon goes on with it.
    public func finish() throws -> Figures {
        try flush()
        let figures = try committer.finish()
        guard let state = state.take() else { preconditionFailure("finished once") }
        try state.commit()
        try keeper.close()
        return figures
    }

    /// Makes every read model of what was written, and its checkpoint and tiles meanwhile.
    ///
    /// - Parameter progress: called with permille done.
    public func makeReadModels(_ progress: (Int) -> Void) throws {
        let views = try Views(dataDirectory: dataDirectory, source: LogReader(log), care: FileCare())
        defer {
            log.head.finish()
            views.stop()
        }
        let publishing = BackgroundResult { [publisher] in _ = try publisher.publish() }
        let size = log.size
        for view in views.list {
            wait: while true {
                progress(Int(views.list.map { min($0.position, size) }.min().map { $0 * 1_000 / max(size, 1) } ?? 0))
                switch view.reach(size, timeout: .milliseconds(200)) {
                case .reached: break wait
                case .behind: continue
                case .stopped(let position, let reason):
                    throw LogError.malformed("the read model \(view.name) stopped at \(position): \(reason)")
                }
            }
        }
        try publishing.get()
    }

    /// Before whatever happens at a time.
    private func begin(_ nowMs: Int64) throws {
        precondition(nowMs >= batch.latestMs, "time moves forward only")
        if batch.records.count >= Self.batchMax { try flush() }
        if nowMs >= nextRotationMs {
            try settling.macKeys.rotate(nowMs: nowMs)
            nextRotationMs = nowMs + Self.rotationMs
        }
        guard nowMs >= nextWindowsMs else { return }
        nextWindowsMs = nowMs + Self.windowStepMs
        for look in looks.ended(nowMs: nowMs) { try recordLook(look, nowMs) }
        for denial in denials.ended(nowMs: nowMs) { try record([denial.draft], denial.caller, atMs: nowMs) }
    }

    /// Hands the batch over to be committed, and begins another.
    private func flush() throws {
        guard !batch.records.isEmpty else { return }
        try committer.commit(batch)
        batch = Batch(
            start: batch.next, recorder: Recorder(settling.vault), access: batch.access, latestMs: batch.latestMs)
        guard let learned = state.take() else { preconditionFailure("it is not finished") }
        state = try learned.committed(in: keeper.environment)
    }

    private func recordLook(_ look: Look, _ nowMs: Int64) throws(Refusal) {
        // What cannot be recorded of a look is no affair of the looker's.
        do {
            try record(look.drafts, look.caller, look.role, look.purpose, atMs: nowMs)
        } catch {
            guard let refusal = error as? Refusal else { throw .busy("A look was not recorded: \(error)") }
            throw refusal
        }
    }

    private func recordDenial(
        _ credentials: Credentials, _ name: String, _ permission: Permission, _ refusal: Refusal, _ nowMs: Int64
    ) throws {
        guard batch.next > 0 else { return }
        guard
            let denial = denials.first(
                refusal, to: credentials, asking: name, permission, by: batch.access, nowMs: nowMs)
        else { return }
        try record([denial.draft], denial.caller, atMs: nowMs)
    }

    private func record(
        _ drafts: [Draft], _ caller: Caller, _ role: Role.Value = .unspecified,
        _ purpose: Purpose.Value = .operations, atMs nowMs: Int64
    ) throws {
        let envelope = Envelope(
            caller: caller, role: role, purpose: purpose, recordedAtMs: nowMs, clockSkew: false)
        try withState { try batch.take(drafts, envelope, into: $0) }
    }

    /// Lends the state. It is moved out and back, since a class cannot lend what might not be there.
    private func withState<Result>(_ body: (borrowing ClinicState) throws -> Result) throws -> Result {
        guard let open = state.take() else { preconditionFailure("it is not finished") }
        do {
            let result = try body(open)
            state = consume open
            return result
        } catch {
            state = consume open
            throw error
        }
    }
}
