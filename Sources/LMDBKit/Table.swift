import SwiftProtobuf

/// A table of typed keys to Protobuf messages, each value ending in a CRC-32C over key and value.
///
/// The checksum is looked at on every read: LMDB itself notices 1 of 600 flipped bits.
public struct Table<Key: TableKey, Row: SwiftProtobuf.Message & Sendable>: Sendable {
    public let raw: RawTable
    @usableFromInline let decoded: DecodedRows<Key, Row>?

    /// - Parameters:
    ///   - decodedMax: how many rows are kept decoded, for those who read the same ones again and again.
    ///   - areWritersServed: whether writers do so too, and not readers of snapshots alone.
    public init(
        _ name: String, decodedMax: Int = 0, areWritersServed: Bool = false, in transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        raw = try RawTable(name, in: transaction)
        decoded = decodedMax > 0 ? DecodedRows(max: decodedMax, areWritersServed: areWritersServed) : nil
    }

    public init(existing name: String, in transaction: borrowing some Transaction & ~Copyable) throws(LMDBError) {
        raw = try RawTable(existing: name, in: transaction)
        decoded = nil
    }

    @inlinable
    public func get(_ key: Key, in transaction: borrowing some Transaction & ~Copyable) throws -> Row? {
        let keyBytes = key.keyBytes
        return try raw.get(keyBytes, in: transaction) { value in
            try keyBytes.withUnsafeBytes { try row(key, keyBytes: $0, value, transaction.isSnapshot) }
        }
    }

    @inlinable
    public func contains(_ key: Key, in transaction: borrowing some Transaction & ~Copyable) throws -> Bool {
        try raw.contains(key.keyBytes, in: transaction)
    }

    @inlinable
    public func put(_ key: Key, _ row: Row, in transaction: borrowing WriteTransaction) throws {
        let keyBytes = key.keyBytes
        try raw.put(keyBytes, try CheckedValue.encode(row, key: keyBytes), in: transaction)
    }

    @discardableResult @inlinable
    public func delete(_ key: Key, in transaction: borrowing WriteTransaction) throws(LMDBError) -> Bool {
        try raw.delete(key.keyBytes, in: transaction)
    }

    /// Visits rows in ascending order of key, from the first key ≥ `start`, until the end or `.stop`.
    @inlinable
    public func scan(
        from start: some TableKey, in transaction: borrowing some Transaction & ~Copyable,
        _ body: (Key, Row) throws -> RawTable.Step
    ) throws {
        try raw.scan(from: start.keyBytes, in: transaction) { key, value in
            try visit(key, value, transaction.isSnapshot, body)
        }
    }

    /// Visits all rows whose key begins with `prefix`.
    @inlinable
    public func scan(
        prefix: some TableKey, in transaction: borrowing some Transaction & ~Copyable,
        _ body: (Key, Row) throws -> RawTable.Step
    ) throws {
        let prefixBytes = prefix.keyBytes
        try raw.scan(from: prefixBytes, in: transaction) { key, value in
            guard key.starts(with: prefixBytes) else { return .stop }
            return try visit(key, value, transaction.isSnapshot, body)
        }
    }

    /// Visits all rows in ascending order of key.
    @inlinable
    public func scanAll(
        in transaction: borrowing some Transaction & ~Copyable, _ body: (Key, Row) throws -> RawTable.Step
    ) throws {
        try raw.scan(in: transaction) { key, value in
            try visit(key, value, transaction.isSnapshot, body)
        }
    }

    /// Visits rows in descending order of key, from the last key < `end`, until `.stop`.
    @inlinable
    public func scanBackwards(
        before end: some TableKey, in transaction: borrowing some Transaction & ~Copyable,
        _ body: (Key, Row) throws -> RawTable.Step
    ) throws {
        try raw.scanBackwards(before: end.keyBytes, in: transaction) { key, value in
            try visit(key, value, transaction.isSnapshot, body)
        }
    }

    @inlinable
    func visit<Result>(
        _ keyBytes: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, _ isSnapshot: Bool,
        _ body: (Key, Row) throws -> Result
    ) throws -> Result {
        let key = try key(keyBytes)
        return try body(key, try row(key, keyBytes: keyBytes, value, isSnapshot))
    }

    @inlinable
    func row(
        _ key: Key, keyBytes: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, _ isSnapshot: Bool
    ) throws(LMDBError) -> Row {
        guard let decoded, isSnapshot || decoded.areWritersServed else {
            return try decode(key: keyBytes, value: value)
        }
        if let row = decoded.row(at: key, value) { return row }
        let row = try decode(key: keyBytes, value: value)
        decoded.keep(row, at: key, value)
        return row
    }

    @inlinable
    func key(_ bytes: UnsafeRawBufferPointer) throws(LMDBError) -> Key {
        guard let key = Key(keyBytes: bytes) else { throw .damaged(table: raw.name, key: [UInt8](bytes)) }
        return key
    }

    @inlinable
    func decode(key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) throws(LMDBError) -> Row {
        guard let body = CheckedValue.body(of: value, key: key), let row = try? Row(serializedBytes: [UInt8](body))
        else {
            throw .damaged(table: raw.name, key: [UInt8](key))
        }
        return row
    }
}

/// The form of every value in state and views: the message, then a CRC-32C over key ‖ message, little-endian.
public enum CheckedValue {
    @inlinable
    public static func encode(_ row: some SwiftProtobuf.Message, key: [UInt8]) throws -> [UInt8] {
        let bytes: [UInt8] = try row.serializedBytes()
        return seal(bytes, key: key)
    }

    /// The same form for a value that is not a message.
    public static func seal(_ body: [UInt8], key: [UInt8]) -> [UInt8] {
        var bytes = body
        let checksum = crc(key: key, body: body)
        withUnsafeBytes(of: checksum.littleEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// The message's bytes, or nil when the checksum does not hold.
    public static func body(
        of value: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer? {
        guard value.count >= 4 else { return nil }
        let body = UnsafeRawBufferPointer(rebasing: value.dropLast(4))
        let stored = UInt32(littleEndian: value.loadUnaligned(fromByteOffset: body.count, as: UInt32.self))
        var crc = CRC32C()
        crc.update(key)
        crc.update(body)
        return crc.value == stored ? body : nil
    }

    static func crc(key: [UInt8], body: [UInt8]) -> UInt32 {
        var crc = CRC32C()
        key.withUnsafeBytes { crc.update($0) }
        body.withUnsafeBytes { crc.update($0) }
        return crc.value
    }
}
