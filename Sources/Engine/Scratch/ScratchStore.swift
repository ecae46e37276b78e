import Foundation
import LMDBKit
import Schema
import Synchronization

/// What editors have saved by themselves and the log does not have: of each draft the last, sealed under its client's key.
///
/// An environment of its own, synced at each commit, since nothing brings it back. It holds no more than drafts can: one
/// text each, and of one author a bounded number. After a commit that failed liblmdb may want no more of an environment:
/// it is closed, and opened again by whoever comes next. Nobody else may have it open then, so one at a time has it in hand.
final class ScratchStore: Sendable {
    /// Drafts of one author with text outside the log; a person has a handful.
    static let draftsMax = 100

    private struct Opened: Sendable {
        let environment: Environment
        /// By author and note.
        let table: Table<Pair<UInt64, UInt64>, ScratchKept>

        init(_ folder: String) throws {
            let size = (try? FileManager.default.attributesOfItem(atPath: folder + "/data.mdb")[.size]) as? UInt64
            // 100 drafts of each of 200 authors.
            environment = try Environment(path: folder, options: .init(mapSizeBytes: 2 << 30, tablesMax: 4))
            // A table whose name is damaged is not begun anew beside the old one.
            table = try environment.write { transaction in
                size ?? 0 > 0
                    ? try Table(existing: "drafts", in: transaction) : try Table("drafts", in: transaction)
            }
        }
    }

    private let folder: String
    private let store: Mutex<Opened?>
    private let care: FileCare

    /// Opens `<data>/scratch`. Files that are damaged are put aside: a revision of each draft is in the log.
    init(dataDirectory: String, care: FileCare = FileCare()) throws {
        folder = dataDirectory + "/scratch"
        self.care = care
        store = Mutex(nil)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // Always: what verify has found is mended by the next start, and the file is small.
        if let fault = care.damage(inFolder: folder, always: true) { try putAside("\(fault)") }
        do {
            // A text that is damaged is its author's loss alone; a page would be everybody's.
            try forEach { _, _ in }
        } catch let error as LMDBError where error.isDamage || error.isMissingTable {
            store.withLock { $0 = nil }
            try putAside("\(error)")
            try held { _ in }
        }
        // LMDB syncs what is in its file, and not that there is one.
        try DurableReplace.syncFolder(of: folder + "/data.mdb")
        try DurableReplace.syncFolder(of: folder)
    }

    private func putAside(_ reason: String) throws {
        care.tell(
            "what editors saved by themselves is damaged, put aside as scratch/damaged.mdb, and begun anew: \(reason)")
        let damaged = "\(folder)/damaged.mdb"
        try? FileManager.default.removeItem(atPath: damaged)
        try FileManager.default.moveItem(atPath: "\(folder)/data.mdb", toPath: damaged)
        try? FileManager.default.removeItem(atPath: "\(folder)/lock.mdb")
    }

    private func held<Result: Sendable>(_ body: (Opened) throws -> Result) throws -> Result {
        try store.withLock { store in
            let opened = try store ?? Opened(folder)
            store = opened
            return try body(opened)
        }
    }

    enum Found {
        case nothing, damaged
        case draft(ScratchKept)
    }

    /// What there is of a draft.
    func find(_ note: UInt64, of author: UInt64) -> Found {
        do {
            let kept = try held { store in
                try store.environment.read { try store.table.get(Pair(author, note), in: $0) }
            }
            return kept.map(Found.draft) ?? .nothing
        } catch {
            care.tell("what an editor saved of note \(note) cannot be read: \(error)")
            return .damaged
        }
    }

    /// The text of a draft; nil when there is none, or none that can be read.
    func draft(_ note: UInt64, of author: UInt64) -> ScratchKept? {
        if case .draft(let kept) = find(note, of: author) { kept } else { nil }
    }

    /// How many drafts of an author have text here, counted up to the most there may be.
    func count(of author: UInt64) throws -> Int {
        try held { store in
            try store.environment.read { transaction in
                let prefix = author.keyBytes
                var count = 0
                try store.table.raw.scan(from: prefix, in: transaction) { key, _ in
                    guard key.starts(with: prefix), count < Self.draftsMax else { return .stop }
                    count += 1
                    return .next
                }
                return count
            }
        }
    }

    /// Keeps and drops, all in one durable commit.
    func apply(_ changes: [ScratchPlace: ScratchKept?]) throws {
        try store.withLock { store in
            let opened = try store ?? Opened(folder)
            store = opened
            do {
                try opened.environment.write { transaction in
                    for (place, draft) in changes.sorted(by: { $0.key.note < $1.key.note }) {
                        let key = Pair(place.author, place.note)
                        if let draft {
                            try opened.table.put(key, draft, in: transaction)
                        } else {
                            try opened.table.delete(key, in: transaction)
                        }
                    }
                }
            } catch {
                store = nil
                throw error
            }
        }
    }

    /// Drops what a sudden end has left of drafts that went on without it.
    ///
    /// No start fails by it: what cannot be read or dropped rests on a revision that was overtaken, and is not shown.
    ///
    /// - Parameter isLeft: told what a text rests on; nil for one that is damaged.
    func sweep(isLeft: (ScratchPlace, _ base: UInt32?) throws -> Bool) throws {
        var bases: [ScratchPlace: UInt32?] = [:]
        do {
            try forEach { place, draft in bases[place] = .some(draft?.base) }
        } catch {
            care.tell("what editors saved by themselves cannot be read to its end: \(error)")
        }
        let stale = try bases.filter { try isLeft($0.key, $0.value) }
        guard !stale.isEmpty else { return }
        for (place, base) in stale where base == nil {
            care.tell("a draft outside the log is damaged, and so is whose it was: \(place.note) of \(place.author)")
        }
        do {
            try apply(stale.mapValues { _ in nil })
        } catch {
            care.tell("what was overtaken of drafts cannot be dropped: \(error)")
        }
    }

    /// Every draft, in order of author and note; nil for one that is damaged.
    func forEach(_ body: (ScratchPlace, ScratchKept?) throws -> Void) throws {
        let places = try held { store in
            try store.environment.read { transaction in
                var places: [ScratchPlace] = []
                try store.table.raw.scan(in: transaction) { bytes, _ in
                    guard let key = Pair<UInt64, UInt64>(keyBytes: bytes) else {
                        throw LMDBError.damaged(table: store.table.raw.name, key: [UInt8](bytes))
                    }
                    places.append(ScratchPlace(note: key.second, author: key.first))
                    return .next
                }
                return places
            }
        }
        for place in places {
            let key = Pair(place.author, place.note)
            do {
                // Gone meanwhile: saved, signed or thrown away.
                guard
                    let draft = try held({ store in try store.environment.read { try store.table.get(key, in: $0) } })
                else { continue }
                try body(place, draft)
            } catch LMDBError.damaged {
                try body(place, nil)
            }
        }
    }

    /// Looked at without liblmdb, which damage can end the process in.
    func damagedPages() throws -> [PageFault] { try held { try $0.environment.damagedPages() } }

    func clearStaleReaders() throws -> Int { try held { try $0.environment.clearStaleReaders() } }
}

/// Whose draft it is.
struct ScratchPlace: Hashable, Sendable {
    var note: UInt64
    var author: UInt64
}
