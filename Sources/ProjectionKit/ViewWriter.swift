import LMDBKit
import SwiftProtobuf

/// The rows of one read model while records are folded in: everything a projector may do to them.
///
/// It belongs to one thread. Rows wait in memory, as they are, and go to LMDB in the order of their keys when the
/// transaction ends: one that many records change is decoded once and encoded once. A projector always reads what it
/// wrote.
public final class ViewWriter {
    // Unchecked, since one thread has it and no access goes on while another begins.
    @usableFromInline @exclusivity(unchecked) var transaction: WriteTransaction?
    /// By the table's number.
    @usableFromInline @exclusivity(unchecked) var waiting: [WaitingTable?] = []

    /// More rows than this do not wait: some megabytes.
    static let waitingMax = 10_000

    public init(_ transaction: consuming WriteTransaction) { self.transaction = consume transaction }

    /// Ends the transaction and keeps the rows; the writer is not used again.
    ///
    /// - Parameter step: called after every few rows that are written.
    public func commit(step: () -> Void = {}) throws {
        try write(step)
        guard let ended = transaction.take() else { throw ProjectionError.ended }
        try ended.commit()
    }

    /// Between two records: bounds what waits.
    func relieve(step: () -> Void = {}) throws {
        guard waiting.reduce(0, { $0 + ($1?.count() ?? 0) }) > Self.waitingMax else { return }
        try write(step)
        waiting = []
    }

    @inlinable
    public func get<Key, Row>(_ table: Table<Key, Row>, _ key: Key) throws -> Row? {
        let rows = rows(of: table)
        if let known = rows.known[key] { return known.row }
        let row = try stored(table, key)
        rows.known[key] = WaitingRow(row, isChanged: false)
        return row
    }

    @inlinable
    public func put<Key, Row>(_ table: Table<Key, Row>, _ key: Key, _ row: Row) throws {
        rows(of: table).known[key] = WaitingRow(row, isChanged: true)
    }

    @inlinable
    public func delete<Key, Row>(_ table: Table<Key, Row>, _ key: Key) throws {
        rows(of: table).known[key] = WaitingRow(nil, isChanged: true)
    }

    /// Changes the row at `key`, which must be there. `change` may do anything to others.
    @inlinable
    public func update<Key, Row>(_ table: Table<Key, Row>, _ key: Key, _ change: (inout Row) throws -> Void) throws {
        let rows = rows(of: table)
        // Taken out meanwhile: a message that two hold is copied when it changes.
        guard var row = try rows.take(key) ?? stored(table, key) else {
            throw ProjectionError.missingRow(table: table.raw.name)
        }
        try change(&row)
        rows.known[key] = WaitingRow(row, isChanged: true)
    }

    /// All rows whose key begins with `prefix`, in ascending order.
    public func rows<Key, Row>(_ table: Table<Key, Row>, prefix: some TableKey) throws -> [(key: Key, row: Row)] {
        let rows = rows(of: table)
        var found: [(key: Key, row: Row)] = []
        try lend { transaction in
            try rows.write(in: transaction)
            rows.settle()
            try table.scan(prefix: prefix, in: transaction) { key, row in
                found.append((key, row))
                return .next
            }
        }
        return found
    }

    private func write(_ step: () -> Void) throws {
        for case let table? in waiting { try lend { try table.write($0, step) } }
    }

    @inlinable
    func rows<Key, Row>(of table: Table<Key, Row>) -> WaitingRows<Key, Row> {
        let number = table.raw.number
        if number < waiting.count, let known = waiting[number] {
            // One name is opened with one type, so that its number stands for both.
            return unsafeDowncast(known.rows, to: WaitingRows<Key, Row>.self)
        }
        while waiting.count <= number { waiting.append(nil) }
        let rows = WaitingRows(table)
        waiting[number] = WaitingTable(rows)
        return rows
    }

    @inlinable
    func stored<Key, Row>(_ table: Table<Key, Row>, _ key: Key) throws -> Row? {
        try lend { try table.get(key, in: $0) }
    }

    /// Lends the transaction. It is moved out and back, since a class cannot lend what might not be there.
    @inlinable
    func lend<Result>(_ body: (borrowing WriteTransaction) throws -> Result) throws -> Result {
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
