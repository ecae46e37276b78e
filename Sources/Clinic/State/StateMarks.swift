import LMDBKit
import Schema

/// Tells how far the state is in any transaction over it.
public struct StateMarks: Sendable {
    private let table: Table<String, IdState>

    init(_ table: Table<String, IdState>) { self.table = table }

    /// The position of the next record to fold in.
    public func position(in transaction: borrowing some Transaction & ~Copyable) throws -> UInt64 {
        try table.get("position", in: transaction)?.id ?? 0
    }
}
