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
        case building(progressPermille: Int)
        case built(any Sendable, usedAt: UInt64)
    }

    private struct Contents {
        var entries: [Key: Entry] = [:]
        var clock: UInt64 = 0
    }

    private let directory: String
    private let source: any RecordSource
    private let generationsMax: Int
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

    /// Runs `body` on the read model over the first `position` records. Refuses, with progress, while it is being built.
    public func read<P: Projector, Result>(
        _ type: P.Type, at position: UInt64, _ body: (P, borrowing ReadTransaction) throws -> Result
    ) throws -> Result {
        let generation = try generation(P.self, at: position)
        return try generation.environment.read { try body(generation.projector, $0) }
    }

    /// The digest of a read model over the first `position` records.
    public func digest<P: Projector>(_ type: P.Type, at position: UInt64) throws -> String {
        try generation(P.self, at: position).digest().digest
    }

    private func generation<P: Projector>(_ type: P.Type, at position: UInt64) throws -> Generation<P> {
        let key = Key(view: P.name, position: position)
        let found = try contents.withLock { contents -> Generation<P>? in
            contents.clock += 1
            switch contents.entries[key] {
            case .built(let generation as Generation<P>, _):
                contents.entries[key] = .built(generation, usedAt: contents.clock)
                return generation
            case .building(let permille):
                throw Refusal.busy("The \(P.name) of that time is being built.").with { $0.progressPermille = permille }
            case .built, nil:
                contents.entries[key] = .building(progressPermille: 0)
                return nil
            }
        }
        if let found { return found }
        do {
            return try build(key)
        } catch {
            contents.withLock { $0.entries[key] = nil }
            throw error
        }
    }

    private func build<P: Projector>(_ key: Key) throws -> Generation<P> {
        let generation = try Generation<P>(folder: "\(directory)/\(key.view)/\(key.position)")
        try generation.advance(to: key.position, from: source) { done in
            contents.withLock {
                $0.entries[key] = .building(progressPermille: Int(done * 1_000 / max(key.position, 1)))
            }
        }
        contents.withLock { contents in
            contents.clock += 1
            contents.entries[key] = .built(generation, usedAt: contents.clock)
            evict(&contents)
        }
        return generation
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
