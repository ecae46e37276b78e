import LMDBKit
import SwiftProtobuf

/// A table whose rows nearly every command reads: what was read or written last is kept decoded.
///
/// It is good for one write transaction, and for the thread that uses that.
struct RememberedTable<Key: TableKey, Row: SwiftProtobuf.Message & Sendable>: @unchecked Sendable {
    // Unchecked: the rows belong to the thread of the transaction, as the transaction does.
    private final class Kept {
        var rows: [Key: Row] = [:]
    }

    /// Some 4 MB of clients; of the rest no clinic has so many.
    private static var countMax: Int { 4_096 }

    private let table: Table<Key, Row>
    private let kept = Kept()

    init(_ name: String, in transaction: borrowing WriteTransaction) throws(LMDBError) {
        self.init(try Table(name, in: transaction))
    }

    private init(_ table: Table<Key, Row>) { self.table = table }

    var raw: RawTable { table.raw }

    /// The same table with nothing kept, for another transaction.
    func anew() -> Self { Self(table) }

    func get(_ key: Key, in transaction: borrowing WriteTransaction) throws -> Row? {
        if let row = kept.rows[key] { return row }
        guard let row = try table.get(key, in: transaction) else { return nil }
        keep(row, at: key)
        return row
    }

    func put(_ key: Key, _ row: Row, in transaction: borrowing WriteTransaction) throws {
        kept.rows[key] = nil
        try table.put(key, row, in: transaction)
        keep(row, at: key)
    }

    func scanAll(
        in transaction: borrowing WriteTransaction, _ body: (Key, Row) throws -> RawTable.Step
    ) throws { try table.scanAll(in: transaction, body) }

    /// Reads from the table again, where another transaction or another hand may have changed it.
    func forget() { kept.rows = [:] }

    private func keep(_ row: Row, at key: Key) {
        if kept.rows.count >= Self.countMax { forget() }
        kept.rows[key] = row
    }
}
