import CLMDB
import Glibc
import SwiftProtobuf

extension Table {
    /// Stores many rows, or removes them where the row is nil, in the order of their keys: neighbours share pages, and the
    /// cursor finds the next on the page where it is.
    ///
    /// - Parameter step: called at every 32nd.
    @inlinable
    public func write(
        _ changes: some Sequence<(key: Key, row: Row?)>, in transaction: borrowing WriteTransaction,
        step: () -> Void = {}
    ) throws {
        var sorted = changes.map { (key: $0.key.keyBytes, row: $0.row) }
        guard !sorted.isEmpty else { return }
        sorted.sort { keysAscend($0.key, $1.key) }
        var opened: OpaquePointer?
        try check(mdb_cursor_open(transaction.handle, raw.dbi, &opened), "open a cursor on \(raw.name)")
        defer { mdb_cursor_close(opened) }
        for (index, (key, row)) in sorted.enumerated() {
            if index & 31 == 31 { step() }
            if let row {
                try CheckedValue.put(try row.serializedBytes(), key: key, at: opened, of: raw)
            } else {
                try raw.delete(key, in: transaction)
            }
        }
    }
}

extension CheckedValue {
    /// Writes the value into the page where it belongs, without putting it together before.
    @usableFromInline
    static func put(_ body: [UInt8], key: [UInt8], at cursor: OpaquePointer?, of table: RawTable) throws(LMDBError) {
        var value = MDB_val(mv_size: body.count + 4, mv_data: nil)
        let code = withValue(key) { mdb_cursor_put(cursor, $0, &value, UInt32(MDB_RESERVE)) }
        try check(code, "put into \(table.name)")
        let room = UnsafeMutableRawBufferPointer(start: value.mv_data, count: value.mv_size)
        room.copyBytes(from: body)
        room.storeBytes(of: crc(key: key, body: body).littleEndian, toByteOffset: body.count, as: UInt32.self)
    }
}

/// In LMDB's order: byte by byte, the shorter before what it begins.
@inlinable
func keysAscend(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let order = memcmp(left, right, min(left.count, right.count))
    return order == 0 ? left.count < right.count : order < 0
}
