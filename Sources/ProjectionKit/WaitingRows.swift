import LMDBKit
import SwiftProtobuf

/// A row as a transaction knows it; nil when there is none.
@usableFromInline
struct WaitingRow<Row> {
    @usableFromInline var row: Row?
    /// LMDB has another.
    @usableFromInline var isChanged: Bool

    @inlinable
    init(_ row: Row?, isChanged: Bool) {
        self.row = row
        self.isChanged = isChanged
    }
}

/// The rows of one table that a transaction has read or written.
@usableFromInline
final class WaitingRows<Key: TableKey, Row: Message & Sendable> {
    @usableFromInline let table: Table<Key, Row>
    @usableFromInline @exclusivity(unchecked) var known: [Key: WaitingRow<Row>] = [:]

    @inlinable
    init(_ table: Table<Key, Row>) { self.table = table }

    /// Takes the row at `key` out; the outer nil when it is not known.
    @inlinable
    func take(_ key: Key) -> Row?? {
        guard let index = known.index(forKey: key) else { return nil }
        let row = known.values[index].row
        known.values[index].row = nil
        return .some(row)
    }

    @inlinable
    func write(in transaction: borrowing WriteTransaction, step: () -> Void = {}) throws {
        let changes = known.lazy.filter { $0.value.isChanged }.map { (key: $0.key, row: $0.value.row) }
        try table.write(changes, in: transaction, step: step)
    }

    /// LMDB has them as they are.
    @inlinable
    func settle() {
        for index in known.values.indices { known.values[index].isChanged = false }
    }
}

/// Any table's rows, for lists of them. Closures, since they are made where the types are known and run without looking
/// them up.
@usableFromInline
struct WaitingTable {
    @usableFromInline let rows: AnyObject
    @usableFromInline let count: () -> Int
    @usableFromInline let write: (borrowing WriteTransaction, () -> Void) throws -> Void

    @inlinable
    init<Key, Row>(_ rows: WaitingRows<Key, Row>) {
        self.rows = rows
        count = { rows.known.count }
        write = { try rows.write(in: $0, step: $1) }
    }
}
