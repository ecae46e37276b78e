import CLMDB

/// Tables keyed by a number, big-endian, so that they sort by it. The key needs no array of its own.
extension RawTable {
    /// Lends the value at `number` to `body`; nil when there is none. The bytes end with the call.
    @inlinable
    public func get<Result, Failure: Error>(
        number: UInt64, in transaction: borrowing some Transaction & ~Copyable,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws -> Result? {
        var value = MDB_val()
        let code = withNumber(number) { mdb_get(transaction.handle, dbi, $0, &value) }
        if code == MDB_NOTFOUND { return nil }
        try check(code, "get from \(name)")
        return try body(UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size))
    }

    /// Stores `value` at a number greater than every other; any other number is an error (MDB_KEYEXIST).
    public func append(
        number: UInt64, _ value: UnsafeRawBufferPointer, in transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        let code = withNumber(number) { key in
            var value = MDB_val(mv_size: value.count, mv_data: UnsafeMutableRawPointer(mutating: value.baseAddress))
            return mdb_put(transaction.handle, dbi, key, &value, UInt32(MDB_APPEND))
        }
        try check(code, "append to \(name)")
    }

    public func append(
        number: UInt64, _ value: [UInt8], in transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        let code = withNumber(number) { key in
            withValue(value) { mdb_put(transaction.handle, dbi, key, $0, UInt32(MDB_APPEND)) }
        }
        try check(code, "append to \(name)")
    }

    /// Visits entries from `start` on as long as their numbers have no gap, until `.stop`.
    ///
    /// Each is looked for by its number. A cursor that steps to the next page by itself ends the process when that is
    /// none; a search tells.
    @inlinable
    public func scan<Failure: Error>(
        gaplessFrom start: UInt64, in transaction: borrowing some Transaction & ~Copyable,
        _ body: (_ number: UInt64, _ value: UnsafeRawBufferPointer) throws(Failure) -> Step
    ) throws {
        let cursor = try NumberCursor(self, in: transaction)
        var next = start
        while true {
            let step = try cursor.get(next) { value throws(Failure) in try body(next, value) }
            guard step == .next, next < .max else { return }
            next += 1
        }
    }

    /// The greatest key; nil when the table is empty.
    public func lastKey(in transaction: borrowing some Transaction & ~Copyable) throws -> [UInt8]? {
        var last: [UInt8]?
        try scanBackwards(before: nil, in: transaction) { key, _ in
            last = [UInt8](key)
            return .stop
        }
        return last
    }
}

/// Lends a number to a C call as an eight-byte big-endian key.
@inlinable
func withNumber<Result>(_ number: UInt64, _ body: (UnsafeMutablePointer<MDB_val>) -> Result) -> Result {
    var bytes = number.bigEndian
    return withUnsafeMutableBytes(of: &bytes) { buffer in
        var key = MDB_val(mv_size: buffer.count, mv_data: buffer.baseAddress)
        return body(&key)
    }
}
