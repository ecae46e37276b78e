import Clinic
import EventStore
import Foundation
import Logging
import Schema
import TestKit
import Testing

@testable import Engine

@Suite struct FatalEndTests {
    @Test func `those who wait are kept, unanswered, until the process has ended`() async throws {
        let folder = try TemporaryFolder()
        let (data, keys) = (folder.child("data"), folder.child("keys"))
        let options = EngineOptions(
            dataDirectory: data, keysDirectory: keys, clock: ManualClock().clock(knowsBoot: false, bootID: "boot"),
            ownUID: House.ownerUID, freeFloorBytes: 0, ballastBytes: 1 << 20)
        let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let (ends, sending) = AsyncStream.makeStream(of: End.self)
        let asked = Asked()
        let engine = try ClinicEngine(options, logger: quiet) { reason in
            sending.yield(End(reason: reason, isKept: asked.isKept))
            sending.finish()
        }
        defer { engine.stop() }
        try engine.awaitState()
        _ = try await engine.begin().get()
        try OpenDescriptors(of: data + "/log/data.mdb").turn(to: "/dev/null", O_RDONLY)
        asked.send(engine.small(), to: engine)
        let end = try #require(await ends.first { _ in true })
        #expect(end.reason.contains("unknown"), "\(end.reason)")
        #expect(end.isKept)
    }

    private struct End: Sendable {
        var reason: String
        var isKept: Bool
    }

    /// What its sender waits for, known to nobody but the writer.
    private final class Asked: @unchecked Sendable {
        // Unchecked: guarded by `lock`.
        private final class Waiting: Sendable {}
        private let lock = NSLock()
        private weak var waiting: Waiting?

        var isKept: Bool { lock.withLock { waiting != nil } }

        func send(_ command: any Command, to engine: ClinicEngine) {
            let mine = Waiting()
            lock.withLock { waiting = mine }
            let submission = Submission(sender: .door(user()), command: command, key: .make())
            let isTaken = engine.writer.queue.add(.command(submission) { _ in withExtendedLifetime(mine) {} })
            #expect(isTaken)
        }
    }
}
