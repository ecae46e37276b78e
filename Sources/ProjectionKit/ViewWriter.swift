import LMDBKit
import SwiftProtobuf

/// The rows of one read model while records are folded in: everything a projector may do to them.
///
/// It belongs to one thread. Whether a row goes to LMDB at once or waits in memory for a sorted run is not the
/// projector's affair; it always reads what it wrote.
public final class ViewWriter {
    let transaction: WriteTransaction

    public init(_ transaction: consuming WriteTransaction) { self.transaction = transaction }

    public func get<Key, Row>(_ table: Table<Key, Row>, _ key: Key) throws -> Row? {
        try table.get(key, in: transaction)
    }

    public func put<Key, Row>(_ table: Table<Key, Row>, _ key: Key, _ row: Row) throws {
        try table.put(key, row, in: transaction)
    }

    public func delete<Key, Row>(_ table: Table<Key, Row>, _ key: Key) throws {
        try table.delete(key, in: transaction)
    }

    /// Changes the row at `key`, which must be there.
    public func update<Key, Row>(_ table: Table<Key, Row>, _ key: Key, _ change: (inout Row) throws -> Void) throws {
        guard var row = try get(table, key) else {
            throw ProjectionError.missingRow(table: table.raw.name)
        }
        try change(&row)
        try put(table, key, row)
    }

    /// All rows whose key begins with `prefix`, in ascending order.
    public func rows<Key, Row>(_ table: Table<Key, Row>, prefix: some TableKey) throws -> [(key: Key, row: Row)] {
        var found: [(key: Key, row: Row)] = []
        try table.scan(prefix: prefix, in: transaction) { key, row in
            found.append((key, row))
            return .next
        }
        return found
    }
}

/// Why a projector stopped.
public enum ProjectionError: Error, Sendable, CustomStringConvertible {
    /// A record changes a row that was never founded: the log or the projector is wrong.
    case missingRow(table: String)

    public var description: String {
        switch self {
        case .missingRow(let table): "a record changes a row that is not there, in \(table)"
        }
    }
}
