import Clinic
import Foundation
import LMDBKit
import Schema

/// Opens the state and brings it up to the log.
struct StateKeeper {
    let environment: Environment
    private let mark: TrustMark
    private let folder: String

    /// Opens `<data>/state`. Files that a power cut may have torn are replaced by the saved copy, or made anew.
    init(dataDirectory: String) throws {
        folder = dataDirectory + "/state"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        mark = TrustMark(folder: folder, version: StateTables.version)
        if !mark.isTrusted { try Self.replaceBySavedCopy(folder, mark) }
        environment = try Self.openedOrAnew(folder, mark)
    }

    /// Files that cannot be opened, these or the copy in their place, are made anew: the log has it all.
    private static func openedOrAnew(_ folder: String, _ mark: TrustMark) throws -> Environment {
        do {
            return try opened(folder)
        } catch {
            guard error.isDamage else { throw error }
            try removeFiles(folder, mark)
            return try opened(folder)
        }
    }

    private static func opened(_ folder: String) throws(LMDBError) -> Environment {
        try Environment(
            path: folder, options: .init(mapSizeBytes: 32 << 30, tablesMax: StateTables.countMax, isUnsynced: true))
    }

    private static func removeFiles(_ folder: String, _ mark: TrustMark) throws {
        // First the mark: it may fit by chance what is put in the place of what it was made for.
        try mark.remove()
        for name in ["data.mdb", "lock.mdb"] where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    private static func replaceBySavedCopy(_ folder: String, _ mark: TrustMark) throws {
        try removeFiles(folder, mark)
        let saved = "\(folder)/saved.mdb"
        guard FileManager.default.fileExists(atPath: saved) else { return }
        try FileManager.default.copyItem(atPath: saved, toPath: "\(folder)/data.mdb")
    }

    /// As much as one transaction takes in of a log that is replayed.
    private static let replayMax: UInt64 = 50_000

    /// Brings the state up to the log's size, and answers it with its transaction open. After every page of the log
    /// `progress` is told the position, and may end it by an error.
    func open(
        following log: borrowing LogReader, progress: (UInt64) throws -> Void = { _ in }
    ) throws -> ClinicState {
        var state = try ClinicState(in: environment)
        let position = try state.position()
        let isForeign = try state.version().map { $0 != StateTables.version } ?? false
        if position > log.size || isForeign {
            // Ahead of the log, or of another version: it is derived, so it is made anew.
            try state.removeAll()
        }
        // A process that dies in a long replay leaves what it has committed to the next.
        try mark.markInUse()
        repeat {
            try state.replay(log, upTo: try state.position() + Self.replayMax, progress)
            let isThere = try state.position() >= log.size
            try state.commit()
            state = try ClinicState(in: environment)
            if isThere { return state }
        } while true
    }

    /// As `open`, in the midst of work: what the log has and the last commit had not is learned in the open transaction.
    func reopen(following log: borrowing LogReader) throws -> ClinicState {
        let state = try ClinicState(in: environment)
        try state.replay(log)
        return state
    }

    /// Forgets everything, so that it is learned again.
    func removeAll() throws {
        let state = try ClinicState(in: environment)
        try state.removeAll()
        try state.commit()
    }

    /// The next start does not go on with these files.
    func distrust() { try? mark.remove() }

    /// After the last commit of an orderly end.
    func close() throws {
        try environment.sync()
        try mark.markClean()
    }

    var hasSavedCopy: Bool { FileManager.default.fileExists(atPath: "\(folder)/saved.mdb") }

    /// Writes a compact copy that a start after a power cut begins with. On a background thread.
    func saveCopy() throws {
        let temporary = "\(folder)/saved.mdb.new"
        let descriptor = Glibc.open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LMDBError.failed(call: "create the state's copy", code: errno) }
        defer { Glibc.close(descriptor) }
        try environment.copyCompact(toDescriptor: descriptor)
        guard fsync(descriptor) == 0 else { throw LMDBError.failed(call: "sync the state's copy", code: errno) }
        try DurableReplace.move(temporary, to: "\(folder)/saved.mdb")
    }
}
