import LMDBKit
import Schema

/// A thing that an import founded.
public struct Imported: Sendable {
    public var id: UInt64
    public var kind: ImportedKind
    public var reference: String
}

extension ClinicState {
    /// What the sheets of a name founded and was not taken back.
    public borrowing func imported(from source: String) throws -> [Imported] {
        var found: [Imported] = []
        for kind in ImportedKind.allCases {
            let prefix = Source.tablePrefix(source, kind)
            try tables.sources.scan(prefix: prefix, in: transaction) { key, row in
                found.append(Imported(id: row.id, kind: kind, reference: String(key.dropFirst(prefix.count))))
                return .next
            }
        }
        return found
    }

    /// What one import founded and was not taken back.
    public borrowing func imported(by id: UInt64) throws -> [Imported] {
        let record = try importRecord(id)
        return try imported(from: record.source).filter { record.founded($0.id, import: id) }
    }

    borrowing func importRecord(_ id: UInt64) throws -> ImportState {
        guard let record = try tables.imports.get(id, in: transaction) else {
            throw Refusal.missing("import", id, field: "import")
        }
        return record
    }

    /// Whether nothing but imports is on record about it.
    borrowing func isUntouched(_ id: UInt64) throws -> Bool {
        try tables.things.get(id, in: transaction)?.touched == 0
    }
}

extension ImportState {
    /// An import ends with the event that founds it, and imports of one name come one after the other: what was founded
    /// since the one before is this one's, and so is what an import left that could not even record its end.
    func founded(_ thing: UInt64, import id: UInt64) -> Bool { thing < id && (!hasAfter || thing > after) }
}
