import Clinic
import Foundation
import LMDBKit
import Schema
import Synchronization

/// Opens the state and brings it up to the log.
final class StateKeeper: Sendable {
    private let mark: TrustMark
    private let folder: String
    private let care: FileCare
    private let held: Mutex<Environment>
    private let isDistrusted = Mutex(false)

    /// The one in use: another after `makeAnew`.
    var environment: Environment { held.withLock { $0 } }

    /// Opens `<data>/state`. Files that a power cut may have torn, and those that are damaged, are replaced by the saved
    /// copy, or made anew.
    init(dataDirectory: String, care: FileCare = FileCare()) throws {
        folder = dataDirectory + "/state"
        self.care = care
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        mark = TrustMark(folder: folder, version: StateTables.version)
        if !mark.isTrusted {
            try Self.replaceBySavedCopy(folder, mark, care)
        } else if let fault = care.damage(inFolder: folder) {
            care.tell("the state is damaged and is made anew: \(fault)")
            try Self.replaceBySavedCopy(folder, mark, care)
        }
        held = Mutex(try Self.openedOrAnew(folder, mark, care))
    }

    /// Files that cannot be opened, these or the copy in their place, are made anew: the log has it all.
    private static func openedOrAnew(_ folder: String, _ mark: TrustMark, _ care: FileCare) throws -> Environment {
        do {
            return try opened(folder)
        } catch {
            guard error.isDamage else { throw error }
            care.tell("the state cannot be opened and is made anew: \(error)")
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

    private static func replaceBySavedCopy(_ folder: String, _ mark: TrustMark, _ care: FileCare) throws {
        try removeFiles(folder, mark)
        let saved = "\(folder)/saved.mdb"
        guard FileManager.default.fileExists(atPath: saved) else { return }
        try FileManager.default.copyItem(atPath: saved, toPath: "\(folder)/data.mdb")
        if let fault = care.damage(inFolder: folder) {
            care.tell("the saved copy of the state is damaged too: \(fault)")
            try removeFiles(folder, mark)
        }
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
        if !isForeign { try state.requireWhole() }
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

    /// Begins with nothing, in files of its own: of those that were there nothing is read any more, nor of a copy of
    /// them. No transaction may be open.
    func makeAnew(since reason: String) throws {
        care.tell("the state cannot be read and is made anew: \(reason)")
        try distrust()
        try Self.removeFiles(folder, mark)
        let fresh = try Self.opened(folder)
        held.withLock { $0 = fresh }
        isDistrusted.withLock { $0 = false }
    }

    /// The next start does not go on with these files, nor with a copy of them.
    func distrust() throws {
        // A copy that is being written meanwhile does not come in its place.
        try isDistrusted.withLock { isDistrusted in
            isDistrusted = true
            try mark.remove()
            try DurableReplace.remove(savedPath)
        }
    }

    /// After the last commit of an orderly end.
    func close() throws {
        try environment.sync()
        try isDistrusted.withLock { if !$0 { try mark.markClean() } }
    }

    private var savedPath: String { "\(folder)/saved.mdb" }

    var hasSavedCopy: Bool { FileManager.default.fileExists(atPath: savedPath) }

    /// Writes a compact copy that a start after a power cut begins with. On a background thread. What is damaged is not
    /// copied, since that would be gone on with, and since liblmdb can die of it.
    func saveCopy() throws {
        guard !isDistrusted.withLock({ $0 }) else { return }
        let environment = environment
        if let fault = try environment.damagedPages().first {
            try distrust()
            throw LMDBError.damagedFile(path: "\(folder)/data.mdb", reason: "\(fault)")
        }
        let temporary = savedPath + ".new"
        let descriptor = Glibc.open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LMDBError.failed(call: "create the state's copy", code: errno) }
        defer { Glibc.close(descriptor) }
        try environment.copyCompact(toDescriptor: descriptor)
        guard fsync(descriptor) == 0 else { throw LMDBError.failed(call: "sync the state's copy", code: errno) }
        try isDistrusted.withLock { isDistrusted in
            guard !isDistrusted, environment === self.environment else { return }
            try DurableReplace.move(temporary, to: savedPath)
        }
    }
}
