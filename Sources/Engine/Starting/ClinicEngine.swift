import Clinic
import EventStore
import Foundation
import LMDBKit
import Logging
import Schema
import Vault

/// The clinic, running: the one place where log, vault, state, writer and read models are put together.
public final class ClinicEngine: Sendable {
    public let log: EventLog
    public let vault: KeyVault
    public let clock: EngineClock
    public let views: Views
    public let jobs = JobBoard()
    /// The published form of the log.
    public let tiles: CheckpointPublisher
    let writer: Writer
    let published: Published
    private let startup: Startup
    let looks: LookWindows
    let denials: DenialWindows
    let macKeys: RequestMACKeys
    let names: NameIndex
    let scratches: ScratchStore
    let logger: Logger
    let options: EngineOptions
    private let lock: DataLock
    private let crashes: CrashRow
    let background: Background
    /// Checks the log's own checkpoints.
    let signerKey: VerifierKey

    /// Opens what is there and makes what is not, and starts to accept commands.
    ///
    /// - Parameter onFatal: called when only another start can find the truth; the process must then end.
    public init(
        _ options: EngineOptions, logger: Logger = Logger(label: "daybook"),
        onFatal: @escaping @Sendable (String) -> Void
    ) throws {
        self.options = options
        self.logger = logger
        clock = options.clock
        let folders = try Folders(options)
        lock = folders.lock
        try SealedUpload.removeAll(in: options.dataDirectory + "/files")
        let crashes = CrashRow(dataDirectory: options.dataDirectory)
        self.crashes = crashes
        let care = FileCare(crashes: crashes.count) { logger.error("\($0)") }
        let opened = try Opened.open(options, care: care)
        log = opened.log
        vault = opened.vault
        macKeys = opened.macKeys
        for path in opened.macKeys.damagedPaths {
            logger.error(
                "a key of requests is damaged: restore it from the backup of the keys", metadata: ["file": "\(path)"])
        }
        signerKey = opened.signerKey
        names = NameIndex()
        scratches = opened.scratches
        looks = LookWindows()
        denials = DenialWindows()
        published = Published()
        let recent = RecentRecords()
        let reader = LogReader(opened.log, recent: recent)
        let settling = Settling(
            vault: opened.vault, macKeys: opened.macKeys, clock: options.clock, names: names,
            scratches: opened.scratches,
            stored: { try reader.recorded(at: $0) }, ownUID: options.ownUID)
        startup = Startup(log: opened.log, keeper: opened.keeper, vault: opened.vault, published: published)
        let disk = DiskGuard(
            directory: options.dataDirectory, floorBytes: options.freeFloorBytes, ballastBytes: options.ballastBytes)
        writer = Writer(
            log: opened.log, recent: recent, settling: settling, keeper: opened.keeper, published: published,
            startup: startup, denials: denials, looks: looks, disk: disk, logger: logger,
            lastRecordedMs: opened.lastRecordedMs,
            clockWatch: ClockWatch(
                options.clock, dataDirectory: options.dataDirectory, isFresh: opened.log.size == 0),
            onFatal: onFatal)
        views = try Views(dataDirectory: options.dataDirectory, source: reader, care: care)
        background = Background(
            publisher: opened.publisher, vault: opened.vault, macKeys: opened.macKeys, keeper: opened.keeper,
            scratches: opened.scratches, log: opened.log, views: views.list, disk: disk, clock: options.clock,
            crashes: crashes,
            logger: logger,
            fillNames: { [names, vault, clock, queue = writer.queue] in
                NameIndexFill(names: names, vault: vault, clock: clock, logger: logger).startIfNeeded(through: queue)
            })
        tiles = opened.publisher
        writer.start()
        do {
            // Most logs are through by then; requests to a longer one are told how far it is.
            try startup.wait(patience: Self.startPatience)
        } catch {
            writer.stop()
            views.stop()
            throw error
        }
        background.start()
    }

    /// Blocks until the state is brought up to the log, for those who have nothing to do before.
    public func awaitState() throws { try startup.wait(patience: 365 * 86_400) }

    /// How long a start waits for the state before the socket is opened, in seconds.
    private static let startPatience = 0.5

    /// Sends a command to the writer. It is answered when its events are durable, or when it is refused.
    public func send(_ submission: Submission) async -> Outcome {
        await withCheckedContinuation { continuation in send(submission) { continuation.resume(returning: $0) } }
    }

    /// The same without a task. `answer` is called once, on the writer's thread or at once.
    public func send(_ submission: Submission, answer: @escaping @Sendable (Outcome) -> Void) {
        do throws(Refusal) {
            try published.requireReady()
        } catch {
            return answer(.failure(error))
        }
        guard !writer.queue.add(.command(submission, answer)) else { return }
        answer(.failure(.busy("Too much is waiting. Try again in a moment.")))
    }

    /// The practice as it began; nil on an empty log.
    public var practice: PracticeInitialised? { get throws(Refusal) { try published.practice } }

    /// Who may do what, as of now.
    public var access: AccessTable { get throws(Refusal) { try published.access } }

    /// Ends in order: what was accepted is committed, what can be rebuilt is synced and marked.
    public func stop() {
        jobs.stop()
        writer.stop()
        log.head.finish()
        views.stop()
        background.stop()
        crashes.forget()
    }
}
