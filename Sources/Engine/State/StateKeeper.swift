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
        if !mark.isTrusted {
            // First the mark: it may fit by chance what is put in the place of what it was made for.
            try mark.remove()
            try Self.replaceBySavedCopy(folder)
        }
        environment = try Environment(
            path: folder, options: .init(mapSizeBytes: 32 << 30, tablesMax: 48, isUnsynced: true))
    }

    private static func replaceBySavedCopy(_ folder: String) throws {
        for name in ["data.mdb", "lock.mdb"] { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
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

    /// After the last commit of an orderly end.
    func close() throws {
        try environment.sync()
        try mark.markClean()
    }

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
