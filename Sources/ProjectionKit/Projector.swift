import LMDBKit
import Schema

/// A read model: what it keeps, and how each record changes it.
///
/// A projector is pure: the same records give the same rows, byte for byte, whatever the clock, the locale or the order
/// of a dictionary. It does no look-ups outside its own rows and has no effects. Rows keep sealed fields sealed.
public protocol Projector: Sendable {
    /// Its folder under `views/`, for ever.
    static var name: String { get }
    /// Rises whenever the same records would give other rows; the read model is then rebuilt.
    static var version: UInt64 { get }

    /// Opens its tables.
    init(_ tables: borrowing TableOpener) throws

    /// Folds one record in. An error stops this projector, alone, at this position.
    func project(_ recorded: Recorded, into view: ViewWriter) throws
}

/// Opens a projector's tables, creating those that are new, and remembers which they are.
public struct TableOpener: ~Copyable {
    private let transaction: WriteTransaction
    private let opened = OpenedTables()

    /// A box, since what is lent cannot be changed.
    private final class OpenedTables {
        var list: [RawTable] = []
    }

    public init(_ transaction: consuming WriteTransaction) { self.transaction = transaction }

    /// - Parameter decodedMax: how many rows are kept decoded, for questions that read the same ones again and again.
    public func table<Key, Row>(_ name: String, decodedMax: Int = 0) throws -> Table<Key, Row> {
        let table = try Table<Key, Row>(name, decodedMax: decodedMax, in: transaction)
        opened.list.append(table.raw)
        return table
    }

    /// In order of name.
    public var tables: [RawTable] { opened.list.sorted { $0.name < $1.name } }

    /// Ends the opening; the tables are then there for good.
    public consuming func commit() throws { try transaction.commit() }
}
