import SwiftProtobuf

/// A table of typed keys to Protobuf messages, each value ending in a CRC-32C over key and value.
///
/// The checksum is looked at on every read: LMDB itself notices 1 of 600 flipped bits.
public struct Table<Key: TableKey, Row: SwiftProtobuf.Message & Sendable>: Sendable {
    public let raw: RawTable

    public init(_ name: String, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        raw = try RawTable(name, in: transaction)
    }

    public init(existing name: String, in transaction: borrowing some Transaction & ~Copyable) throws(LMDBError) {
        raw = try RawTable(existing: name, in: transaction)
    }

    @inlinable
    public func get(_ key: Key, in transaction: borrowing some Transaction & ~Copyable) throws -> Row? {
        let keyBytes = key.keyBytes
        return try raw.get(keyBytes, in: transaction) { value in
            try keyBytes.withUnsafeBytes { try decode(key: $0, value: value) }
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
            try body(try self.key(key), try decode(key: key, value: value))
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
            return try body(try self.key(key), try decode(key: key, value: value))
        }
    }

    /// Visits all rows in ascending order of key.
    @inlinable
    public func scanAll(
        in transaction: borrowing some Transaction & ~Copyable, _ body: (Key, Row) throws -> RawTable.Step
    ) throws {
        try raw.scan(in: transaction) { key, value in
            try body(try self.key(key), try decode(key: key, value: value))
        }
    }

    /// Visits rows in descending order of key, from the last key < `end`, until `.stop`.
    @inlinable
    public func scanBackwards(
        before end: some TableKey, in transaction: borrowing some Transaction & ~Copyable,
        _ body: (Key, Row) throws -> RawTable.Step
    ) throws {
        try raw.scanBackwards(before: end.keyBytes, in: transaction) { key, value in
            try body(try self.key(key), try decode(key: key, value: value))
        }
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

    private static func crc(key: [UInt8], body: [UInt8]) -> UInt32 {
        var crc = CRC32C()
        key.withUnsafeBytes { crc.update($0) }
        body.withUnsafeBytes { crc.update($0) }
        return crc.value
    }
}
