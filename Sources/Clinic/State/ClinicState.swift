import LMDBKit
import Schema
import SwiftProtobuf

/// What decisions need to know about the past, and no more: one open write transaction over the state's tables.
///
/// It belongs to the writer's thread. Decisions read it, `evolve` folds records into it.
public struct ClinicState: ~Copyable {
    let tables: StateTables
    public let transaction: WriteTransaction

    /// Opens the state in `environment`, creating its tables.
    public init(in environment: Environment) throws(LMDBError) {
        let transaction = try environment.beginWrite()
        let tables = try StateTables(in: transaction)
        self.init(tables: tables, transaction: transaction)
    }

    private init(tables: StateTables, transaction: consuming WriteTransaction) {
        self.tables = tables
        self.transaction = transaction
    }

    /// A state on top of this one, which is dropped with all that it learned unless committed.
    public borrowing func beginChild() throws(LMDBError) -> ClinicState {
        // What the child commits is not known here.
        tables.forget()
        return ClinicState(tables: tables.anew(), transaction: try transaction.beginChild())
    }

    /// Keeps what was learned. To the disk it goes when the operating system likes.
    public consuming func commit() throws(LMDBError) {
        try transaction.commit()
    }

    /// Keeps what was learned, and goes on with it in another transaction.
    public consuming func committed(in environment: Environment) throws(LMDBError) -> ClinicState {
        let tables = tables
        try transaction.commit()
        return ClinicState(tables: tables, transaction: try environment.beginWrite())
    }

    /// The position of the next record to fold in.
    public borrowing func position() throws -> UInt64 {
        try tables.marks.get("position", in: transaction)?.id ?? 0
    }

    /// The version of the code that built it; nil when it is new.
    public borrowing func version() throws -> UInt64? {
        try tables.marks.get("version", in: transaction)?.id
    }

    /// Refuses one that has lost a table or a mark, and with it what decisions rest on.
    public borrowing func requireWhole() throws {
        try RawTable.requireAllOrNone(tables.all)
        for mark in ["position", "version"] where try !tables.marks.contains(mark, in: transaction) {
            try RawTable.requireNoRows(tables.all, without: mark, of: tables.marks.raw, in: transaction)
        }
    }

    public borrowing func mark(position: UInt64) throws {
        try tables.marks.put("position", .with { $0.id = position }, in: transaction)
        let isMarked = try tables.marks.contains("version", in: transaction)
        if !isMarked {
            try tables.marks.put("version", .with { $0.id = StateTables.version }, in: transaction)
        }
    }

    /// Forgets everything, so that it can be learned again.
    public borrowing func removeAll() throws {
        tables.forget()
        for table in tables.all { try table.removeAll(in: transaction) }
    }

    /// The tables in order of name, for digests.
    public var rawTables: [RawTable] { tables.all }

    /// How far the state was in a snapshot of it, for readers beside the writer.
    public var marks: StateMarks { StateMarks(tables.marks) }
}
