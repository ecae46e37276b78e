import LMDBKit
import Schema
import SwiftProtobuf

/// What a row of an imported sheet founds, which also tells in which of the two sheets it stands. Each numbers its rows for itself: client 7 and appointment 7
/// have nothing to do with each other.
public enum ImportedKind: String, Sendable, CaseIterable {
    case client
    case appointment
    /// What the row of an appointment says of money.
    case balance = "opening balance"
}

extension ClinicState {
    /// Remembers what was founded for a row of an imported sheet.
    borrowing func remember(_ source: Source, _ kind: ImportedKind, _ id: UInt64) throws {
        guard !source.name.isEmpty else { return }
        try tables.sources.put(source.tableKey(kind), .with { $0.id = id }, in: transaction)
    }

    /// What was founded for a row of an imported sheet, if anything.
    public borrowing func founded(from source: Source, _ kind: ImportedKind) throws -> UInt64? {
        try tables.sources.get(source.tableKey(kind), in: transaction)?.id
    }

    /// INV-IMP-02: a row founds one thing, however often it is sent.
    borrowing func requireNew(_ source: Source?, _ kind: ImportedKind) throws {
        guard let source, try founded(from: source, kind) != nil else { return }
        throw Refusal.rule("INV-IMP-02", "Imported before", "An import of this name brought this row already.")
    }

    /// A row of a sheet founds nothing any more, and can be imported again.
    borrowing func forget(_ source: Source, _ kind: ImportedKind, _ id: UInt64) throws {
        guard !source.name.isEmpty, try founded(from: source, kind) == id else { return }
        try tables.sources.delete(source.tableKey(kind), in: transaction)
    }
}

extension Source {
    /// Neither part holds a NUL.
    func tableKey(_ kind: ImportedKind) -> String { Self.tablePrefix(name, kind) + reference }

    static func tablePrefix(_ name: String, _ kind: ImportedKind) -> String { "\(name)\u{0}\(kind.rawValue)\u{0}" }
}
