import Foundation
import LMDBKit
import Schema
import SwiftProtobuf

/// One building of a read model: a folder with an LMDB environment that is not synced, and its position in the same
/// transactions as its rows.
final class Generation<P: Projector>: Sendable {
    let folder: String
    let environment: Environment
    let projector: P
    let tables: [RawTable]
    private let marks: Table<String, IdState>
    private let trust: TrustMark

    /// Opens the folder, making it when it is not there.
    ///
    /// - Parameter version: of the projector that made its rows.
    init(folder: String, version: UInt64 = P.version, bootID: String? = nil) throws {
        self.folder = folder
        trust = TrustMark(folder: folder, version: version, bootID: bootID)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        environment = try Environment(
            path: folder, options: .init(mapSizeBytes: 64 << 30, tablesMax: 32, isUnsynced: true))
        let opener = TableOpener(try environment.beginWrite())
        marks = try opener.table("kit-marks")
        projector = try P(opener)
        tables = opener.tables.filter { $0.name != "kit-marks" }
        // Rows of a former version are read with the tables that it had.
        if version == P.version { try RawTable.requireAllOrNone(opener.tables) }
        try opener.commit()
        try environment.read { transaction in
            guard try !marks.contains("position", in: transaction) else { return }
            try RawTable.requireNoRows(tables, without: "position", of: marks.raw, in: transaction)
        }
    }

    /// The version of the projector whose rows are in the folder; nil when they cannot be gone on with.
    static func version(inFolder folder: String, bootID: String?) -> UInt64? {
        TrustMark(folder: folder, version: P.version, bootID: bootID).wholeVersion
    }

    func markInUse() throws { try trust.markInUse() }

    /// Nothing goes on with its files.
    func distrust() { try? trust.remove() }

    func close() throws {
        try environment.sync()
        try trust.markClean()
    }

    /// The position of the next record to fold in.
    func position() throws -> UInt64 {
        try environment.read { try marks.get("position", in: $0)?.id ?? 0 }
    }

    func beginWriting() throws -> ViewWriter { ViewWriter(try environment.beginWrite()) }

    /// Keeps what was folded in, and how far that went.
    func commit(_ writer: ViewWriter, position: UInt64, step: () -> Void = {}) throws {
        try writer.put(marks, "position", .with { $0.id = position })
        try writer.commit(step: step)
    }

    /// Of one snapshot.
    func digest(mayGoOn: () throws -> Void = {}) throws -> (position: UInt64, digest: String) {
        try environment.read { transaction in
            (
                try marks.get("position", in: transaction)?.id ?? 0,
                try Digest.of(tables, in: transaction, mayGoOn: mayGoOn)
            )
        }
    }

    /// Folds in everything up to `end`, in transactions of `batchMax` records. After every page of the log `progress` is
    /// told, and may end it by an error.
    ///
    /// - Parameters:
    ///   - inHand: knows at every moment which record that is.
    ///   - pace: rests between pages.
    func advance(
        to end: UInt64, from source: any RecordSource, batchMax: UInt64 = 8_000, inHand: RecordInHand? = nil,
        pace: Pace? = nil, progress: (UInt64) throws -> Void = { _ in }
    ) throws {
        let pageMax = pace == nil ? batchMax : Pace.records
        var position = try self.position()
        while position < end {
            let start = position
            inHand?.takeTransaction(start)
            let writer = try beginWriting()
            let stop = min(end, start + batchMax)
            while position < stop {
                inHand?.take(position)
                position = try source.read(from: position, upTo: min(stop, position + pageMax)) { recorded in
                    try projector.project(recorded, into: writer)
                    inHand?.take(recorded.position + 1)
                }
                // Whose rows are being written is not known.
                inHand?.takeTransaction(start)
                try writer.relieve { pace?.step() }
                pace?.step()
                try progress(position)
            }
            inHand?.takeTransaction(start)
            try commit(writer, position: position) { pace?.step() }
        }
        inHand?.putDown()
    }

    /// Removes the folder. Readers that are still in flight keep their files until they end.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
