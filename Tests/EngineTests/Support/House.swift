import Clinic
import EventStore
import Foundation
import Logging
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Vault

@testable import Engine

/// The folder of one clinic, whose daemon is started and stopped as often as a test likes.
final class House: Sendable {
    let folder: TemporaryFolder
    let time = ManualClock()
    /// The user who may begin the practice.
    static let ownerUID: UInt32 = 4_000

    init() throws { folder = try TemporaryFolder() }

    var data: String { folder.child("data") }

    /// Starts, runs `body`, and stops in order. Returns only when all files are closed: LMDB may not be opened twice by
    /// one process.
    func run<Result: Sendable>(
        knowsBoot: Bool = false, bootID: String = "boot-1", freeFloorBytes: UInt64 = 0, isSimulated: Bool = true,
        _ body: (ClinicEngine) async throws -> Result
    ) async throws -> Result {
        weak var log: EventLog?
        weak var vault: KeyVault?
        let result: Swift.Result<Result, any Error>
        do {
            let clock = time.clock(knowsBoot: knowsBoot, bootID: bootID, isSimulated: isSimulated)
            let engine = try start(clock, freeFloorBytes: freeFloorBytes)
            log = engine.log
            vault = engine.vault
            do { result = .success(try await body(engine)) } catch { result = .failure(error) }
            engine.stop()
        }
        for _ in 0..<1_000_000 where log != nil || vault != nil { await Task.yield() }
        try #require(log == nil && vault == nil, "the files are still open after the stop")
        return try result.get()
    }

    private func start(_ clock: EngineClock, freeFloorBytes: UInt64) throws -> ClinicEngine {
        let options = EngineOptions(
            dataDirectory: data, keysDirectory: folder.child("keys"), clock: clock,
            ownUID: Self.ownerUID, freeFloorBytes: freeFloorBytes,
            ballastBytes: 1 << 20)
        let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let engine = try ClinicEngine(options, logger: quiet, onFatal: { Issue.record("fatal: \($0)") })
        try engine.awaitState()
        // The look at names that every start takes is on record by then.
        while (try? engine.names.find("zz", limit: 1)) == nil { sched_yield() }
        return engine
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: "\(data)/\(path)") }
}

/// What somebody at the socket shows.
func user(_ uid: UInt32 = House.ownerUID, token: [UInt8]? = nil) -> Credentials {
    Credentials(doorKind: .socket, uid: uid, tokenSHA256: token)
}

extension ClinicEngine {
    func begin(by credentials: Credentials = user()) async -> Outcome {
        let command = InitialisePractice.with {
            $0.name = "Riverside"
            $0.zone = "Europe/Berlin"
            $0.currency = "EUR"
            $0.ownerName = "Olga Owner"
            $0.ownerEmail = "olga@example.org"
        }
        return await send(command, by: credentials)
    }

    func send(
        _ command: any Command, by credentials: Credentials = user(), key: IdempotencyKey = .make()
    ) async -> Outcome {
        await send(Submission(sender: .door(credentials), command: command, key: key))
    }

    /// A command that is sure to be granted; answers the id of what it founded.
    @discardableResult
    func done(_ command: any Command, by credentials: Credentials = user()) async throws -> UInt64 {
        try await send(command, by: credentials).get().id
    }

    /// A command that records one small event and changes nothing else.
    func small(_ number: Int64 = 1) -> AcceptClock { .with { $0.jumpMs = number } }

    /// Runs the writer once through all that waits and all that is due.
    func settleWriter() async {
        for _ in 0..<2 {
            await withCheckedContinuation { continuation in
                let isTaken = writer.queue.add(.aside { _ in continuation.resume() })
                if !isTaken { continuation.resume() }
            }
        }
    }

    func recorded(_ position: UInt64) throws -> Recorded {
        try #require(try LogReader(log).recorded(at: position))
    }

    /// Records from a position on.
    func records(from start: UInt64 = 0) throws -> [Recorded] { try (start..<log.size).map(recorded) }

    /// The state's digest, which equals that of a replay.
    func stateDigest() throws -> String {
        let head = log.size
        let finding = try StateCheck(engine: self).run { _ in }
        #expect(finding.isEqual, "the state differs from its replay")
        #expect(try #require(finding.position) >= head)
        return try #require(finding.digest)
    }

    /// The digest of each read model at the end of the log.
    func viewDigests() throws -> [String: String] {
        var digests: [String: String] = [:]
        for view in views.list {
            guard case .reached = view.reach(log.size, timeout: .seconds(60)) else {
                Issue.record("\(view.name) did not reach the end: \(view.status)")
                continue
            }
            let found = try view.digest()
            #expect(found.position == log.size)
            digests[view.name] = found.digest
        }
        return digests
    }
}

extension Outcome {
    /// The refusal, which must be there.
    func refused() throws -> Refusal {
        guard case .failure(let refusal) = self else {
            Issue.record("it was granted")
            throw CancellationError()
        }
        return refusal
    }
}
