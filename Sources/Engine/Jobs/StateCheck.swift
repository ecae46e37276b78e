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
        /// Up to which both digests are; nil when the live state cannot be read.
        var position: UInt64?
        var digest: String?
        var liveDigest: String?
        var isEqual: Bool
        /// Whether the file's pages are as they should be. If not, no value was read.
        var arePagesWhole: Bool
        /// What cannot be read, and where; the first of them.
        var faults: [String] = []

        static func unreadable(_ faults: [String], arePagesWhole: Bool) -> Finding {
            Finding(
                isEqual: false, arePagesWhole: arePagesWhole, faults: Array(faults.prefix(LogFinding.pageFaultsMax)))
        }
    }

    /// Both digests are of snapshots, so that the writer goes on meanwhile.
    func run(_ progress: (Int) throws -> Void) throws -> Finding {
        let pages = try engine.background.keeper.environment.damagedPages { try progress(0) }
        guard pages.isEmpty else { return .unreadable(pages.map { "damaged \($0)" }, arePagesWhole: false) }
        let live: (position: UInt64, digest: String)
        do {
            live = try readLive(progress)
        } catch let error as LMDBError where error.isDamage {
            return .unreadable(["\(error)"], arePagesWhole: true)
        }
        let digest = try digest(ofFirst: live.position, progress)
        return Finding(
            position: live.position, digest: digest, liveDigest: live.digest, isEqual: digest == live.digest,
            arePagesWhole: true)
    }

    private func readLive(_ progress: (Int) throws -> Void) throws -> (position: UInt64, digest: String) {
        let tables = try liveTables()
        try awaitSaved(tables, progress)
        return try engine.background.keeper.environment.read { snapshot in
            (
                position: try tables.marks.position(in: snapshot),
                digest: try Digest.of(tables.raw, in: snapshot) { try progress(0) }
            )
        }
    }

    /// What the log has now is in the snapshots after a quarter of a second; not on a full disk, where the state is
    /// compared as far as it is saved.
    private func awaitSaved(_ tables: Tables, _ progress: (Int) throws -> Void) throws {
        let head = engine.log.size
        let environment = engine.background.keeper.environment
        for _ in 0..<100 where try environment.read({ try tables.marks.position(in: $0) }) < head {
            try progress(0)
            usleep(20_000)
        }
    }

    private struct Tables: Sendable {
        var raw: [RawTable]
        var marks: StateMarks
    }

    /// The writer's handles of the tables, which are good in every transaction. It is idle or between two batches when
    /// it gives them, and what it has learned is saved within a quarter of a second.
    private func liveTables() throws -> Tables {
        let found = Mutex<Tables?>(nil)
        let done = DispatchSemaphore(value: 0)
        let isTaken = engine.writer.queue.add(
            .aside { live in
                found.withLock { $0 = Tables(raw: live.rawTables, marks: live.marks) }
                done.signal()
            })
        guard isTaken else { throw Refusal.busy("Too much is waiting. Try again in a moment.") }
        done.wait()
        guard let tables = found.withLock({ $0 }) else { throw Refusal.busy("The daemon is ending.") }
        return tables
    }

    /// Of the state that the first `end` records make.
    func digest(ofFirst end: UInt64, _ progress: (Int) throws -> Void) throws -> String {
        try withReplayed(end, progress) { environment in
            let state = try ClinicState(in: environment)
            return try Digest.of(state.rawTables, in: state.transaction) { try progress(1_000) }
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
            path: folder, options: .init(mapSizeBytes: 32 << 30, tablesMax: StateTables.countMax, isUnsynced: true))
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
                position = try reader.read(from: position, upTo: min(stop, position + Pace.records)) {
                    try state.evolve($0)
                }
                try progress(Int(position * 1_000 / max(end, 1)))
            }
            try state.commit()
        }
    }
}
