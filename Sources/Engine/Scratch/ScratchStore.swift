import Foundation
import LMDBKit
import Schema

/// What editors have saved by themselves and the log does not have: of each draft the last, sealed under its client's key.
///
/// An environment of its own, synced at each commit, since nothing brings it back. It holds no more than drafts can: one
/// text each, and of one author a bounded number.
final class ScratchStore: Sendable {
    /// Drafts of one author with text outside the log; a person has a handful.
    static let draftsMax = 100

    private let environment: Environment
    /// By author and note.
    private let table: Table<Pair<UInt64, UInt64>, ScratchKept>
    private let care: FileCare

    /// Opens `<data>/scratch`. Files that are damaged are put aside: a revision of each draft is in the log.
    init(dataDirectory: String, care: FileCare = FileCare()) throws {
        let folder = dataDirectory + "/scratch"
        self.care = care
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if let fault = care.damage(inFolder: folder) { try Self.putAside(folder, care, "\(fault)") }
        (environment, table) = try Self.openedOrAnew(folder, care)
    }

    private static func openedOrAnew(_ folder: String, _ care: FileCare) throws -> Opened {
        do {
            return try opened(folder)
        } catch let error as LMDBError where error.isDamage {
            try putAside(folder, care, "\(error)")
            return try opened(folder)
        }
    }

    private typealias Opened = (Environment, Table<Pair<UInt64, UInt64>, ScratchKept>)

    private static func opened(_ folder: String) throws -> Opened {
        // 100 drafts of each of 200 authors.
        let environment = try Environment(path: folder, options: .init(mapSizeBytes: 2 << 30, tablesMax: 4))
        return (environment, try environment.write { try Table("drafts", in: $0) })
    }

    private static func putAside(_ folder: String, _ care: FileCare, _ reason: String) throws {
        care.tell(
            "what editors saved by themselves is damaged, put aside as scratch/damaged.mdb, and begun anew: \(reason)")
        let damaged = "\(folder)/damaged.mdb"
        try? FileManager.default.removeItem(atPath: damaged)
        try FileManager.default.moveItem(atPath: "\(folder)/data.mdb", toPath: damaged)
        try? FileManager.default.removeItem(atPath: "\(folder)/lock.mdb")
    }

    /// The text of a draft; nil when there is none, or none that can be read.
    func draft(_ note: UInt64, of author: UInt64) -> ScratchKept? {
        do {
            return try environment.read { try table.get(Pair(author, note), in: $0) }
        } catch {
            care.tell("what an editor saved of note \(note) cannot be read: \(error)")
            return nil
        }
    }

    /// How many drafts of an author have text here, counted up to the most there may be.
    func count(of author: UInt64) throws -> Int {
        try environment.read { transaction in
            let prefix = author.keyBytes
            var count = 0
            try table.raw.scan(from: prefix, in: transaction) { key, _ in
                guard key.starts(with: prefix), count < Self.draftsMax else { return .stop }
                count += 1
                return .next
            }
            return count
        }
    }

    /// Keeps and drops, all in one durable commit.
    func apply(_ changes: [ScratchPlace: ScratchKept?]) throws {
        try environment.write { transaction in
            for (place, draft) in changes.sorted(by: { $0.key.note < $1.key.note }) {
                let key = Pair(place.author, place.note)
                if let draft {
                    try table.put(key, draft, in: transaction)
                } else {
                    try table.delete(key, in: transaction)
                }
            }
        }
    }

    /// Drops what a sudden end has left of drafts that went on without it.
    func sweep(isLeft: (ScratchPlace, ScratchKept) throws -> Bool) throws {
        var stale: [ScratchPlace] = []
        try forEach { if try isLeft($0, $1) { stale.append($0) } }
        guard !stale.isEmpty else { return }
        try apply(Dictionary(uniqueKeysWithValues: stale.map { ($0, nil) }))
    }

    func forEach(_ body: (ScratchPlace, ScratchKept) throws -> Void) throws {
        try environment.read { transaction in
            try table.scanAll(in: transaction) { key, draft in
                try body(ScratchPlace(note: key.second, author: key.first), draft)
                return .next
            }
        }
    }

    /// Looked at without liblmdb, which damage can end the process in.
    func damagedPages() throws -> [PageFault] { try environment.damagedPages() }

    func clearStaleReaders() throws -> Int { try environment.clearStaleReaders() }
}

/// Whose draft it is.
struct ScratchPlace: Hashable, Sendable {
    var note: UInt64
    var author: UInt64
}
