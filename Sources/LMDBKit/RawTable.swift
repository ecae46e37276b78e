import CLMDB

/// A named table of bytes to bytes, ordered by key.
///
/// Open every table at start, in one transaction; the handle is good for the life of the environment.
public struct RawTable: Sendable {
    public let name: String
    @usableFromInline let dbi: MDB_dbi
    /// It was not there, and this opening has made it.
    public let isMade: Bool

    /// LMDB's handle: small, and no other table's of the environment.
    @inlinable
    public var number: Int { Int(dbi) }

    /// Opens the table, creating it when the transaction may write.
    public init(_ name: String, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        self.name = name
        var opened: MDB_dbi = 0
        var code = mdb_dbi_open(transaction.handle, name, 0, &opened)
        isMade = code == MDB_NOTFOUND
        if isMade { code = mdb_dbi_open(transaction.handle, name, UInt32(MDB_CREATE), &opened) }
        try check(code, "open table \(name)")
        dbi = opened
    }

    /// Opens a table that exists.
    public init(existing name: String, in transaction: borrowing some Transaction & ~Copyable) throws(LMDBError) {
        self.name = name
        var opened: MDB_dbi = 0
        try check(mdb_dbi_open(transaction.handle, name, 0, &opened), "open table \(name)")
        dbi = opened
        isMade = false
    }

    /// Lends the value at `key` to `body`; nil when there is none. The bytes end with the call.
    @inlinable
    public func get<Result, Failure: Error>(
        _ key: [UInt8], in transaction: borrowing some Transaction & ~Copyable,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws -> Result? {
        var value = MDB_val()
        let code = withValue(key) { mdb_get(transaction.handle, dbi, $0, &value) }
        // No key is empty, and so nothing is there.
        if code == MDB_NOTFOUND || code == MDB_BAD_VALSIZE { return nil }
        try check(code, "get from \(name)")
        return try body(UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size))
    }

    public func contains(_ key: [UInt8], in transaction: borrowing some Transaction & ~Copyable) throws -> Bool {
        try get(key, in: transaction) { _ in true } ?? false
    }

    /// Stores `value` at `key`, replacing what was there.
    public func put(_ key: [UInt8], _ value: [UInt8], in transaction: borrowing WriteTransaction) throws(LMDBError) {
        try put(key, value, flags: 0, in: transaction)
    }

    /// Stores `value` at a key greater than every other; any other key is an error (MDB_KEYEXIST).
    public func append(_ key: [UInt8], _ value: [UInt8], in transaction: borrowing WriteTransaction) throws(LMDBError) {
        try put(key, value, flags: UInt32(MDB_APPEND), in: transaction)
    }

    private func put(
        _ key: [UInt8], _ value: [UInt8], flags: UInt32, in transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        let code = withValue(key) { key in
            withValue(value) { mdb_put(transaction.handle, dbi, key, $0, flags) }
        }
        try check(code, "put into \(name)")
    }

    /// Removes `key`, and answers whether it was there.
    @discardableResult
    public func delete(_ key: [UInt8], in transaction: borrowing WriteTransaction) throws(LMDBError) -> Bool {
        let code = withValue(key) { mdb_del(transaction.handle, dbi, $0, nil) }
        if code == MDB_NOTFOUND { return false }
        try check(code, "delete from \(name)")
        return true
    }

    /// Removes everything and keeps the table.
    public func removeAll(in transaction: borrowing WriteTransaction) throws(LMDBError) {
        try check(mdb_drop(transaction.handle, dbi, 0), "empty \(name)")
    }

    public func count(in transaction: borrowing some Transaction & ~Copyable) throws(LMDBError) -> Int {
        var stat = MDB_stat()
        try check(mdb_stat(transaction.handle, dbi, &stat), "count \(name)")
        return stat.ms_entries
    }
}

/// Lends `bytes` to a C call as an MDB_val.
@inlinable
func withValue<Result>(_ bytes: [UInt8], _ body: (UnsafeMutablePointer<MDB_val>) -> Result) -> Result {
    bytes.withUnsafeBytes { buffer in
        // LMDB does not write through a key or value that it is given.
        var value = MDB_val(mv_size: buffer.count, mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress))
        return body(&value)
    }
}
