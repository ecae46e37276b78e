import EventStore
import Foundation
import Logging
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
    private let log: EventLog
    private let disk: DiskGuard
    private let clock: EngineClock
    private let logger: Logger
    private let toldToStop = Mutex<DispatchTime?>(nil)
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    init(
        publisher: CheckpointPublisher, vault: KeyVault, macKeys: RequestMACKeys, keeper: StateKeeper, log: EventLog,
        disk: DiskGuard, clock: EngineClock, logger: Logger
    ) {
        self.publisher = publisher
        self.vault = vault
        self.macKeys = macKeys
        self.keeper = keeper
        self.log = log
        self.disk = disk
        self.clock = clock
        self.logger = logger
    }

    /// Never waits for one that is being made.
    var latestCheckpoint: Checkpoint? { publisher.latest }

    func start() {
        let thread = Thread { [self] in
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
        var saved = DispatchTime.now()
        var saveEverySeconds = 300.0
        var second = 0
        while true {
            let isLast = isStopping
            attempt("publish a checkpoint") { _ = try publisher.publish { self.isPatienceOver } }
            if isLast { return }
            guard !isStopping else { continue }
            attempt("make spare keys") { _ = try vault.refillIfNeeded() }
            if second % 60 == 0 {
                attempt("hold the ballast") { try disk.restore() }
                attempt("clear stale readers") { try log.clearStaleReaders() }
                attempt("rotate request keys") { try rotateKeys() }
            }
            if DispatchTime.now() > saved + saveEverySeconds {
                let began = DispatchTime.now()
                attempt("save a copy of the state") { try keeper.saveCopy() }
                saved = .now()
                // Saving never takes more than a twentieth of the time.
                let tookSeconds = Double(saved.uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
                saveEverySeconds = max(300, 20 * tookSeconds)
            }
            second += 1
            _ = wake.wait(timeout: .now() + 1)
        }
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
