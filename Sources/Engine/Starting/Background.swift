import EventStore
import Foundation
import Logging
import Synchronization
import Vault

/// What follows the log off the writer's thread, once a second: checkpoints and tiles, spare keys, the state's copy.
final class Background: Sendable {
    private let publisher: CheckpointPublisher
    private let vault: KeyVault
    private let macKeys: RequestMACKeys
    let keeper: StateKeeper
    private let log: EventLog
    private let disk: DiskGuard
    private let clock: EngineClock
    private let logger: Logger
    private let fillNames: @Sendable () -> Void
    private let isStopping = Mutex(false)
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(
        publisher: CheckpointPublisher, vault: KeyVault, macKeys: RequestMACKeys, keeper: StateKeeper, log: EventLog,
        disk: DiskGuard, clock: EngineClock, logger: Logger, fillNames: @escaping @Sendable () -> Void
    ) {
        self.publisher = publisher
        self.vault = vault
        self.macKeys = macKeys
        self.keeper = keeper
        self.log = log
        self.disk = disk
        self.clock = clock
        self.logger = logger
        self.fillNames = fillNames
    }

    var latestCheckpoint: Checkpoint? { publisher.latest }

    func start() {
        let thread = Thread { [self] in
            run()
            ended.signal()
        }
        thread.name = "background"
        thread.start()
    }

    /// Publishes once more, so that an orderly end is covered by a checkpoint.
    func stop() {
        isStopping.withLock { $0 = true }
        wake.signal()
        ended.wait()
    }

    private func run() {
        var copying = StateCopying(copied: keeper.hasSavedCopy ? log.size : 0)
        var second = 0
        while true {
            let isLast = isStopping.withLock { $0 }
            if !isLast { fillNames() }
            attempt("publish a checkpoint") { _ = try publisher.publish() }
            if isLast { return }
            attempt("make spare keys") { _ = try vault.refillIfNeeded() }
            if second % 60 == 0 {
                attempt("hold the ballast") { try disk.restore() }
                attempt("clear stale readers") { try log.clearStaleReaders() }
                attempt("rotate request keys") { try macKeys.rotate(nowMs: clock.nowMs()) }
            }
            if copying.isDue(size: log.size) {
                copying.began()
                attempt("save a copy of the state") { try keeper.saveCopy() }
                copying.ended(size: log.size)
            }
            second += 1
            _ = wake.wait(timeout: .now() + 1)
        }
    }

    private func attempt(_ what: String, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            logger.error("cannot \(what)", metadata: ["reason": "\(error)"])
        }
    }
}
