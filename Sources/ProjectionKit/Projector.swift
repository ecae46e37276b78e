import LMDBKit
import Schema

/// A read model: what it keeps, and how each record changes it.
///
/// A projector is pure: the same records give the same rows, byte for byte, whatever the clock, the locale or the order
/// of a dictionary. It does no look-ups outside its own rows and has no effects. Rows keep sealed fields sealed.
public protocol Projector: Sendable {
    /// Its folder under `views/`, for ever.
    static var name: String { get }
    /// Rises whenever the same records would give other rows; the read model is then rebuilt in the background.
    static var version: UInt64 { get }

    /// Opens its tables.
    init(_ tables: borrowing TableOpener) throws

    /// Folds one record in. An error stops this projector, alone, at this position.
    func project(_ recorded: Recorded, into view: ViewWriter) throws
}

/// Opens a projector's tables, creating those that are new.
public struct TableOpener: ~Copyable {
    private let transaction: WriteTransaction

    public init(_ transaction: consuming WriteTransaction) { self.transaction = transaction }

    public func table<Key, Row>(_ name: String) throws -> Table<Key, Row> { try Table(name, in: transaction) }

    /// Ends the opening; the tables are then there for good.
    public consuming func commit() throws { try transaction.commit() }
}
