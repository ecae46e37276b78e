import Clinic
import EventStore
import Foundation
import LMDBKit
import ProjectionKit
import Schema
import Synchronization

/// A state that is replayed from the first event: to compare the live one with, or for its digest.
struct StateCheck {
    let engine: ClinicEngine

    struct Finding: Encodable, Sendable {
        var position: UInt64
        var digest: String
        var liveDigest: String
        var isEqual: Bool
    }

    func run(_ progress: (Int) throws -> Void) throws -> Finding {
        try withReplayed(engine.log.size, progress) { try compare($0) }
    }

    /// Of the state that the first `end` records make.
    func digest(ofFirst end: UInt64, _ progress: (Int) throws -> Void) throws -> String {
        try withReplayed(end, progress) { environment in
            let state = try ClinicState(in: environment)
            return try Digest.of(state.rawTables, in: state.transaction)
        }
    }

    /// Lends a state of its own, replayed from the first `end` records.
    private func withReplayed<Result>(
        _ end: UInt64, _ progress: (Int) throws -> Void, _ body: (Environment) throws -> Result
    ) throws -> Result {
        let folder = engine.options.dataDirectory + "/state.check"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let environment = try Environment(
            path: folder, options: .init(mapSizeBytes: 32 << 30, tablesMax: 48, isUnsynced: true))
        try replay(into: environment, upTo: end, progress)
        return try body(environment)
    }

    private func replay(into environment: Environment, upTo end: UInt64, _ progress: (Int) throws -> Void) throws {
        let reader = LogReader(engine.log)
        var position: UInt64 = 0
        while position < end {
            let state = try ClinicState(in: environment)
            let stop = min(end, position + 50_000)
            while position < stop {
                position = try reader.read(from: position, upTo: stop) { try state.evolve($0) }
                try progress(Int(position * 1_000 / max(end, 1)))
            }
            try state.commit()
        }
    }

    /// On the writer's thread, so that nothing moves: brings the replayed one to the live one's position first.
    private func compare(_ environment: Environment) throws -> Finding {
        let result = Mutex<Result<Finding, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        let isTaken = engine.writer.queue.add(
            .aside { live in
                let found = Result<Finding, any Error> { try finding(live, environment) }
                result.withLock { $0 = found }
                done.signal()
            })
        guard isTaken else { throw Refusal.busy("Too much is waiting. Try again in a moment.") }
        done.wait()
        guard let finding = result.withLock({ $0 }) else { throw Refusal.busy("The daemon is ending.") }
        return try finding.get()
    }

    private func finding(_ live: borrowing ClinicState, _ environment: Environment) throws -> Finding {
        let replayed = try ClinicState(in: environment)
        try replayed.replay(LogReader(engine.log))
        // Asides run between batches, so the live state has learned of nothing that is not in the log.
        let liveDigest = try Digest.of(live.rawTables, in: live.transaction)
        let digest = try Digest.of(replayed.rawTables, in: replayed.transaction)
        return Finding(
            position: try live.position(), digest: digest, liveDigest: liveDigest, isEqual: digest == liveDigest)
    }
}
