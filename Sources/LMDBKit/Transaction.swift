import CLMDB

/// What every table needs to read: a live LMDB transaction.
public protocol Transaction: ~Copyable {
    var handle: OpaquePointer { get }
    /// Whether what is read is committed.
    var isSnapshot: Bool { get }
}

/// A snapshot of one environment, ended when it goes out of scope.
public struct ReadTransaction: ~Copyable, Transaction {
    public let handle: OpaquePointer
    @inlinable
    public var isSnapshot: Bool { true }

    init(_ environment: Environment) throws(LMDBError) {
        var begun: OpaquePointer?
        try check(mdb_txn_begin(environment.handle, nil, UInt32(MDB_RDONLY), &begun), "begin a read transaction")
        guard let begun else { throw .failed(call: "begin a read transaction", code: MDB_PANIC) }
        handle = begun
    }

    /// The number of the transaction whose commit is seen: the one on the newest meta page.
    public var number: UInt64 { UInt64(mdb_txn_id(handle)) }

    deinit { mdb_txn_abort(handle) }
}

/// The one write transaction of an environment; aborted unless committed.
///
/// LMDB ties it to the thread that began it: committing elsewhere returns success and hangs the next begin.
public struct WriteTransaction: ~Copyable, Transaction {
    public let handle: OpaquePointer
    @inlinable
    public var isSnapshot: Bool { false }
    // Retained by hand, since `commit` can only discard what needs no destruction.
    private let environment: Unmanaged<Environment>

    init(_ environment: Environment, parent: OpaquePointer?) throws(LMDBError) {
        var begun: OpaquePointer?
        try check(mdb_txn_begin(environment.handle, parent, 0, &begun), "begin a write transaction")
        guard let begun else { throw .failed(call: "begin a write transaction", code: MDB_PANIC) }
        handle = begun
        self.environment = Unmanaged.passRetained(environment)
    }

    /// A child of this transaction: its effects vanish unless it is committed. The parent may not be used meanwhile.
    public borrowing func beginChild() throws(LMDBError) -> WriteTransaction {
        try WriteTransaction(environment.takeUnretainedValue(), parent: handle)
    }

    /// Commits; a child's effects then belong to its parent.
    public consuming func commit() throws(LMDBError) {
        let handle = handle
        let environment = environment
        discard self
        defer { environment.release() }
        try check(mdb_txn_commit(handle), "commit")
    }

    deinit {
        mdb_txn_abort(handle)
        environment.release()
    }
}
