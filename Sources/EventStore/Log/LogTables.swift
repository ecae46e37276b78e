import LMDBKit

/// The three tables of `<data>/log`.
struct LogTables: Sendable {
    /// Position, u64 big-endian → record. Gapless from 0.
    let events: RawTable
    /// Stored-hash index, u64 big-endian → 32 bytes.
    let nodes: RawTable
    /// `format`, `id`, `origin` → value and CRC-32C.
    let meta: RawTable

    static let format = "1"

    /// Makes the tables of a new log.
    init(creating identity: LogIdentity, in transaction: borrowing WriteTransaction) throws {
        events = try RawTable("events", in: transaction)
        nodes = try RawTable("nodes", in: transaction)
        meta = try RawTable("meta", in: transaction)
        for (name, value) in [
            ("format", Array(Self.format.utf8)), ("id", identity.logID), ("origin", Array(identity.origin.utf8)),
        ] {
            let key = Array(name.utf8)
            try meta.put(key, CheckedValue.seal(value, key: key), in: transaction)
        }
    }

    init(existingIn transaction: borrowing some Transaction & ~Copyable) throws {
        events = try RawTable(existing: "events", in: transaction)
        nodes = try RawTable(existing: "nodes", in: transaction)
        meta = try RawTable(existing: "meta", in: transaction)
    }

    func identity(in transaction: borrowing some Transaction & ~Copyable) throws -> LogIdentity {
        let format = String(decoding: try value("format", in: transaction), as: UTF8.self)
        guard format == Self.format else { throw LogError.unknownFormat(format) }
        return try Self.identity(
            id: try value("id", in: transaction), origin: try value("origin", in: transaction))
    }

    static func identity(id: [UInt8], origin: [UInt8]) throws(LogError) -> LogIdentity {
        guard let text = String(validating: origin, as: UTF8.self) else { throw .malformed("the origin is not UTF-8") }
        return try LogIdentity(logID: id, origin: text)
    }

    private func value(_ name: String, in transaction: borrowing some Transaction & ~Copyable) throws -> [UInt8] {
        let key = Array(name.utf8)
        let found = try meta.get(key, in: transaction) { value in
            key.withUnsafeBytes { CheckedValue.body(of: value, key: $0).map { [UInt8]($0) } }
        }
        guard let value = found ?? nil else { throw LogError.malformed("meta has no readable \(name)") }
        return value
    }
}
