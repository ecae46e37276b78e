import Foundation
import Glibc
import LMDBKit

/// A log that is being written beside the place it is for, and is put there when all of it is on the disk and verified.
///
/// Cut short at any moment it leaves the clinic's own folders as they were; the next attempt removes it.
struct StagedLog {
    private let dataDirectory: String
    /// A data folder of its own: `log` and `anchor`.
    private let folder: String
    private let environment: Environment
    private let tables: LogTables
    private(set) var frontier = Frontier()

    init(dataDirectory: String, identity: LogIdentity, bundleBytes: UInt64) throws(LogError) {
        self.dataDirectory = dataDirectory
        folder = Self.folder(dataDirectory)
        try Self.remove(dataDirectory)
        try DurableFolder.make(folder + "/log")
        let map = max(64 << 30, Int(clamping: bundleBytes) * 4)
        let path = folder + "/log"
        (environment, tables) = try sortingErrors {
            // Nobody relies on it before it is synced as a whole.
            let environment = try Environment(
                path: path, options: .init(mapSizeBytes: map, tablesMax: 8, isUnsynced: true))
            let transaction = try environment.beginWrite()
            let tables = try LogTables(creating: identity, in: transaction)
            try transaction.commit()
            return (environment, tables)
        }
    }

    mutating func append(_ records: [[UInt8]]) throws(LogError) {
        do throws(LMDBError) {
            let transaction = try environment.beginWrite()
            try tables.append(records, growing: &frontier, in: transaction)
            try transaction.commit()
        } catch {
            throw LogError(error)
        }
    }

    /// Ends the writing: all of it is on the disk, and can be taken to its place.
    consuming func finish(_ checkpoint: Checkpoint) throws(LogError) -> FinishedLog {
        let (folder, dataDirectory) = (folder, dataDirectory)
        try sortingErrors { try environment.sync() }
        unlink(folder + "/log/lock.mdb")
        try DurableFile.syncFolder(folder + "/log")
        try DurableFile.write(checkpoint.note.bytes, to: folder + "/anchor")
        return FinishedLog(folder: folder, dataDirectory: dataDirectory)
    }

    /// What an attempt left.
    static func remove(_ dataDirectory: String) throws(LogError) {
        let folder = folder(dataDirectory)
        guard DurableFile.exists(folder) else { return }
        do { try FileManager.default.removeItem(atPath: folder) } catch { throw .current("remove", folder) }
    }

    private static func folder(_ dataDirectory: String) -> String { dataDirectory + "/recovered.new" }
}

/// A log that is whole and on the disk, beside its place.
struct FinishedLog {
    /// A data folder with nothing but `log` and `anchor`.
    let folder: String
    let dataDirectory: String

    /// Puts it into its place. What was derived from another log goes before: a saved state could be taken for this one's.
    func install() throws(LogError) {
        for name in ["state", "views", "as-of"] {
            let path = dataDirectory + "/" + name
            guard DurableFile.exists(path) else { continue }
            do { try FileManager.default.removeItem(atPath: path) } catch { throw .current("remove", path) }
        }
        let log = dataDirectory + "/log"
        // An empty one, of which the log was moved aside.
        unlink(log + "/lock.mdb")
        rmdir(log)
        guard rename(folder + "/log", log) == 0 else { throw .current("rename", folder + "/log") }
        // In the place of one that is there too: those that verify say no more, and one that does not keeps a daemon from
        // starting.
        guard rename(folder + "/anchor", Anchor.path(in: dataDirectory)) == 0 else {
            throw .current("rename", folder + "/anchor")
        }
        try DurableFile.syncFolder(dataDirectory)
        try StagedLog.remove(dataDirectory)
    }
}
