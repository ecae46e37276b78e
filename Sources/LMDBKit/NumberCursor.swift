import CLMDB

/// A place in a table that is keyed by numbers. The next one is looked for on the page where the last was found.
public struct NumberCursor: ~Copyable {
    @usableFromInline let handle: OpaquePointer?
    @usableFromInline let table: RawTable

    /// It ends before its transaction does.
    public init(_ table: RawTable, in transaction: borrowing some Transaction & ~Copyable) throws(LMDBError) {
        var opened: OpaquePointer?
        try check(mdb_cursor_open(transaction.handle, table.dbi, &opened), "open a cursor on \(table.name)")
        handle = opened
        self.table = table
    }

    /// Lends the value at `number` to `body`; nil when there is none. The bytes end with the call.
    @inlinable
    public func get<Result, Failure: Error>(
        _ number: UInt64, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws -> Result? {
        var value = MDB_val()
        let code = withNumber(number) { mdb_cursor_get(handle, $0, &value, MDB_SET) }
        if code == MDB_NOTFOUND { return nil }
        try check(code, "get from \(table.name)")
        return try body(UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size))
    }

    deinit { mdb_cursor_close(handle) }
}
