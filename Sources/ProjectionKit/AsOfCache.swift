import Foundation
import LMDBKit
import Schema
import Synchronization

/// Read models as they were: built over a prefix of the log into throw-away generations, kept while there is room.
public final class AsOfCache: Sendable {
    private struct Key: Hashable {
        var view: String
        var position: UInt64
    }

    private enum Entry {
        case building(AsOfBuild)
        case built(any Sendable, usedAt: UInt64)
    }

    private struct Contents {
        var entries: [Key: Entry] = [:]
        var clock: UInt64 = 0
        var isClosed = false
    }

    private let directory: String
    private let source: any RecordSource
    private let generationsMax: Int
    /// One at a time, so that the present is not kept waiting by the past.
    private let builder = DispatchQueue(label: "as-of")
    /// More than this many wait for nobody.
    private static let buildingMax = 16
    private let contents = Mutex(Contents())

    /// Empties `directory`: what a former process built is not known to be whole.
    public init(directory: String, source: any RecordSource, generationsMax: Int = 8) throws {
        self.directory = directory
        self.source = source
        self.generationsMax = generationsMax
        try? FileManager.default.removeItem(atPath: directory)
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Tells what is being built to end, and waits until it has.
    public func stop() {
        let builds = contents.withLock { contents in
            contents.isClosed = true
            return contents.entries.values.compactMap { if case .building(let build) = $0 { build } else { nil } }
        }
        for build in builds { build.cancel() }
        builder.sync {}
    }

    /// Runs `body` on the read model over the first `position` records. Refuses, with progress, when it is not built a
    /// second after it was first asked for; the building goes on.
    public func read<P: Projector, Result>(
        _ type: P.Type, at position: UInt64, _ body: (P, borrowing ReadTransaction) throws -> Result
    ) throws -> Result {
        let generation = try generation(P.self, at: position, patience: 1)
        return try generation.environment.read { try body(generation.projector, $0) }
    }

    /// The digest of a read model over the first `position` records; blocks until it is built.
    public func digest<P: Projector>(_ type: P.Type, at position: UInt64) throws -> String {
        try generation(P.self, at: position, patience: .infinity).digest().digest
    }

    private func generation<P: Projector>(
        _ type: P.Type, at position: UInt64, patience: TimeInterval
    ) throws -> Generation<P> {
        let key = Key(view: P.name, position: position)
        let build: AsOfBuild
        switch try contents.withLock({ try found(key, P.self, &$0) }) {
        case .built(let generation as Generation<P>, _): return generation
        case .built: preconditionFailure("\(P.name) names two read models")
        case .building(let joined): build = joined
        }
        // A hundred years is for ever, and a date.
        switch build.wait(patience: min(patience, 3_155_760_000)) {
        case .built(let generation as Generation<P>): return generation
        case .built: preconditionFailure("\(P.name) names two read models")
        case .failed(let error): throw error
        case .building(let permille):
            throw Refusal.busy("The \(P.name) of that time is being built.").with { $0.progressPermille = permille }
        }
    }

    /// What there is under a key; a new building is begun when there is nothing.
    private func found<P: Projector>(_ key: Key, _ type: P.Type, _ contents: inout Contents) throws -> Entry {
        contents.clock += 1
        switch contents.entries[key] {
        case .built(let generation, _):
            contents.entries[key] = .built(generation, usedAt: contents.clock)
            return .built(generation, usedAt: contents.clock)
        case .building(let build): return .building(build)
        case nil: break
        }
        let building = contents.entries.values.count { if case .building = $0 { true } else { false } }
        guard building < Self.buildingMax, !contents.isClosed else {
            throw Refusal.busy("Too many former times are being looked up. Try again in a moment.")
        }
        let build = AsOfBuild()
        contents.entries[key] = .building(build)
        builder.async { [self] in run(build, key, P.self) }
        return .building(build)
    }

    private func run<P: Projector>(_ build: AsOfBuild, _ key: Key, _ type: P.Type) {
        let folder = "\(directory)/\(key.view)/\(key.position)"
        let result = Result<any Sendable, any Error> {
            guard !build.isToldToEnd else { throw Cancelled() }
            let generation = try Generation<P>(folder: folder)
            try generation.advance(to: key.position, from: source, pace: Pace(beside: source)) { done in
                guard !build.isToldToEnd else { throw Cancelled() }
                build.report(progressPermille: Int(done * 1_000 / max(key.position, 1)))
            }
            return generation
        }
        contents.withLock { contents in
            contents.clock += 1
            if case .success(let generation) = result {
                contents.entries[key] = .built(generation, usedAt: contents.clock)
                evict(&contents)
            } else {
                contents.entries[key] = nil
                try? FileManager.default.removeItem(atPath: folder)
            }
        }
        build.end(result)
    }

    /// Drops those used longest ago. One that is being read keeps its files until the reading ends.
    private func evict(_ contents: inout Contents) {
        let built = contents.entries.compactMap { key, entry -> (Key, UInt64)? in
            if case .built(_, let usedAt) = entry { (key, usedAt) } else { nil }
        }
        guard built.count > generationsMax else { return }
        for (key, _) in built.sorted(by: { $0.1 < $1.1 }).prefix(built.count - generationsMax) {
            contents.entries[key] = nil
            try? FileManager.default.removeItem(atPath: "\(directory)/\(key.view)/\(key.position)")
        }
    }
}
