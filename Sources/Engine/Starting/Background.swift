import EventStore
import Foundation
import LMDBKit
import Logging
import ProjectionKit
import Synchronization
import Vault

/// What follows the log off the writer's thread, once a second: checkpoints and tiles, spare keys, the state's copy.
final class Background: Sendable {
    /// How long an end waits for a checkpoint: long enough for a log that was followed, whatever its size.
    private static let patience = DispatchTimeInterval.milliseconds(300)

    private let publisher: CheckpointPublisher
    private let vault: KeyVault
    private let macKeys: RequestMACKeys
    let keeper: StateKeeper
    private let scratches: ScratchStore
    private let log: EventLog
    private let views: [any AnyView]
    private let disk: DiskGuard
    private let clock: EngineClock
    private let crashes: CrashRow
    private let logger: Logger
    private let fillNames: @Sendable () -> Void
    private let toldToStop = Mutex<DispatchTime?>(nil)
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(
        publisher: CheckpointPublisher, vault: KeyVault, macKeys: RequestMACKeys, keeper: StateKeeper,
        scratches: ScratchStore, log: EventLog, views: [any AnyView], disk: DiskGuard, clock: EngineClock,
        crashes: CrashRow, logger: Logger,
        fillNames: @escaping @Sendable () -> Void
    ) {
        self.publisher = publisher
        self.vault = vault
        self.macKeys = macKeys
        self.keeper = keeper
        self.scratches = scratches
        self.log = log
        self.views = views
        self.disk = disk
        self.clock = clock
        self.crashes = crashes
        self.logger = logger
        self.fillNames = fillNames
    }

    /// Never waits for one that is being made.
    var latestCheckpoint: Checkpoint? { publisher.latest }

    func start() {
        let thread = Thread { [self] in
            Thread.standBack(.follower)
            run()
            ended.signal()
        }
        thread.name = "background"
        thread.start()
    }

    /// Publishes once more, so that an orderly end is covered by a checkpoint; unless that takes long, as when all tiles
    /// are written anew: then the next start goes on with it.
    func stop() {
        toldToStop.withLock { $0 = $0 ?? .now() }
        wake.signal()
        ended.wait()
        ended.signal()
    }

    private func run() {
        var copying = StateCopying(copied: keeper.hasSavedCopy ? log.size : 0)
        var second = 0
        while true {
            let isLast = isStopping
            if !isLast { fillNames() }
            attempt("publish a checkpoint") {
                _ = try publisher.publish(unless: { self.isPatienceOver }) { fault in
                    logger.error("a published file is damaged and is written anew", metadata: ["file": "\(fault)"])
                }
            }
            if isLast { return }
            guard !isStopping else { continue }
            attempt("make spare keys") { _ = try vault.refillIfNeeded() }
            if second % 60 == 0 {
                attempt("hold the ballast") { try disk.restore() }
                attempt("clear stale readers") { _ = try clearStaleReaders() }
                attempt("rotate request keys") { try rotateKeys() }
            }
            if copying.isDue(size: log.size) {
                copying.began()
                attempt("save a copy of the state") { try keeper.saveCopy() }
                copying.ended(size: log.size)
            }
            second += 1
            if second == 3_600 { crashes.end() }
            _ = wake.wait(timeout: .now() + 1)
        }
    }

    /// Of every environment; the number of slots that were freed.
    func clearStaleReaders() throws -> Int {
        try log.clearStaleReaders() + vault.clearStaleReaders() + keeper.environment.clearStaleReaders()
            + scratches.clearStaleReaders()
            + views.reduce(0) { try $0 + $1.clearStaleReaders() }
    }

    func rotateKeys() throws {
        let lastRecordedMs = try LogReader(log).lastRecordedMs
        try macKeys.rotate(nowMs: RotationTime.ms(nowMs: clock.nowMs(), lastRecordedMs: lastRecordedMs))
    }

    private var isStopping: Bool { toldToStop.withLock { $0 != nil } }

    private var isPatienceOver: Bool {
        toldToStop.withLock { $0.map { DispatchTime.now() > $0 + Self.patience } } ?? false
    }

    private func attempt(_ what: String, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            logger.error("cannot \(what)", metadata: ["reason": "\(error)"])
        }
    }
}
