import LMDBKit
import SwiftProtobuf

/// The rows of one read model while records are folded in: everything a projector may do to them.
///
/// It belongs to one thread. Whether a row goes to LMDB at once or waits in memory for a sorted run is not the
/// projector's affair; it always reads what it wrote.
public final class ViewWriter {
    private var transaction: WriteTransaction?

    public init(_ transaction: consuming WriteTransaction) { self.transaction = consume transaction }

    /// Ends the transaction and keeps the rows; the writer is not used again.
    public func commit() throws {
        guard let ended = transaction.take() else { throw ProjectionError.ended }
        try ended.commit()
    }

    public func get<Key, Row>(_ table: Table<Key, Row>, _ key: Key) throws -> Row? {
        try lend { try table.get(key, in: $0) }
    }

    public func put<Key, Row>(_ table: Table<Key, Row>, _ key: Key, _ row: Row) throws {
        try lend { try table.put(key, row, in: $0) }
    }

    public func delete<Key, Row>(_ table: Table<Key, Row>, _ key: Key) throws {
        _ = try lend { try table.delete(key, in: $0) }
    }

    /// Changes the row at `key`, which must be there.
    public func update<Key, Row>(_ table: Table<Key, Row>, _ key: Key, _ change: (inout Row) throws -> Void) throws {
        guard var row = try get(table, key) else { throw ProjectionError.missingRow(table: table.raw.name) }
        try change(&row)
        try put(table, key, row)
    }

    /// All rows whose key begins with `prefix`, in ascending order.
    public func rows<Key, Row>(_ table: Table<Key, Row>, prefix: some TableKey) throws -> [(key: Key, row: Row)] {
        var found: [(key: Key, row: Row)] = []
        try lend { transaction in
            try table.scan(prefix: prefix, in: transaction) { key, row in
                found.append((key, row))
                return .next
            }
        }
        return found
    }

    /// Lends the transaction. It is moved out and back, since a class cannot lend what might not be there.
    private func lend<Result>(_ body: (borrowing WriteTransaction) throws -> Result) throws -> Result {
        guard let open = transaction.take() else { throw ProjectionError.ended }
        do {
            let result = try body(open)
            transaction = consume open
            return result
        } catch {
            transaction = consume open
            throw error
        }
    }
}

/// Why a projector stopped.
public enum ProjectionError: Error, Sendable, CustomStringConvertible {
    /// A record changes a row that was never founded: the log or the projector is wrong.
    case missingRow(table: String)
    /// The writer's transaction has ended.
    case ended

    public var description: String {
        switch self {
        case .missingRow(let table): "a record changes a row that is not there, in \(table)"
        case .ended: "the transaction has ended"
        }
    }
}
