import CLMDB

extension RawTable {
    /// Whether a scan goes on after an entry.
    public enum Step: Sendable { case next, stop }

    /// Visits entries in ascending order of key, from the first key ≥ `start`, until the end or `.stop`.
    @inlinable
    public func scan<Failure: Error>(
        from start: [UInt8] = [], in transaction: borrowing some Transaction & ~Copyable,
        _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws(Failure) -> Step
    ) throws {
        try walk(from: start, first: start.isEmpty ? MDB_FIRST : MDB_SET_RANGE, next: MDB_NEXT, in: transaction, body)
    }

    /// Visits entries in descending order of key, from the last key < `end` (all when nil), until `.stop`.
    @inlinable
    public func scanBackwards<Failure: Error>(
        before end: [UInt8]?, in transaction: borrowing some Transaction & ~Copyable,
        _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws(Failure) -> Step
    ) throws {
        try walk(from: end ?? [], first: end == nil ? MDB_LAST : MDB_SET_RANGE, next: MDB_PREV, in: transaction, body)
    }

    @inlinable
    func walk<Failure: Error>(
        from start: [UInt8], first: MDB_cursor_op, next: MDB_cursor_op,
        in transaction: borrowing some Transaction & ~Copyable,
        _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws(Failure) -> Step
    ) throws {
        var opened: OpaquePointer?
        try check(mdb_cursor_open(transaction.handle, dbi, &opened), "open a cursor on \(name)")
        defer { mdb_cursor_close(opened) }
        var key = MDB_val()
        var value = MDB_val()
        var code: Int32
        if start.isEmpty {
            code = mdb_cursor_get(opened, &key, &value, next == MDB_PREV && first == MDB_SET_RANGE ? MDB_FIRST : first)
            if next == MDB_PREV && first == MDB_SET_RANGE { return }
        } else {
            code = withValue(start) { mdb_cursor_get(opened, $0, &value, first) }
            if next == MDB_PREV && (code == MDB_SUCCESS || code == MDB_NOTFOUND) {
                // SET_RANGE stands on the first key ≥ end, or past the last one: what is wanted is the one before.
                code = mdb_cursor_get(opened, &key, &value, code == MDB_NOTFOUND ? MDB_LAST : MDB_PREV)
            } else if code == MDB_SUCCESS {
                code = mdb_cursor_get(opened, &key, &value, MDB_GET_CURRENT)
            }
        }
        while code == MDB_SUCCESS {
            let step = try body(
                UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size),
                UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size))
            if step == .stop { return }
            code = mdb_cursor_get(opened, &key, &value, next)
        }
        if code != MDB_NOTFOUND { try check(code, "scan \(name)") }
    }
}
