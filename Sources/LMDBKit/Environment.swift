import CLMDB
import Glibc

/// One LMDB environment: a folder with `data.mdb` and `lock.mdb`, opened once by one process.
///
/// Read transactions may be open on any thread (MDB_NOTLS always). A write transaction belongs to the thread that
/// began it, and there is at most one.
public final class Environment: @unchecked Sendable {
    // Unchecked: the handle is immutable after init and liblmdb locks internally.
    public struct Options: Sendable {
        /// Address space reserved, in bytes; the file grows only as used.
        public var mapSizeBytes: Int
        public var tablesMax: UInt32
        public var readersMax: UInt32
        /// `true` is for what can be rebuilt, and for nothing else: commits do not reach the disk by themselves.
        public var isUnsynced: Bool
        /// Opens a private copy without writing anything, not even the lock file.
        public var isReadOnlyCopy: Bool

        public init(
            mapSizeBytes: Int = 64 << 30, tablesMax: UInt32 = 64, readersMax: UInt32 = 512, isUnsynced: Bool = false,
            isReadOnlyCopy: Bool = false
        ) {
            self.mapSizeBytes = mapSizeBytes
            self.tablesMax = tablesMax
            self.readersMax = readersMax
            self.isUnsynced = isUnsynced
            self.isReadOnlyCopy = isReadOnlyCopy
        }
    }

    public let path: String
    let handle: OpaquePointer

    /// Opens, and unless `isReadOnlyCopy` creates, the environment in the existing folder `path`.
    public init(path: String, options: Options = Options()) throws(LMDBError) {
        self.path = path
        var opened: OpaquePointer?
        try check(mdb_env_create(&opened), "create an environment")
        guard let handle = opened else { throw .failed(call: "create an environment", code: ENOMEM) }
        self.handle = handle
        // liblmdb aborts where it cannot go on, and does not say which file it was.
        mdb_env_set_assert(handle) { environment, _ in Environment.tellPlace(of: environment) }
        var flags = UInt32(MDB_NOTLS)
        if options.isUnsynced { flags |= UInt32(MDB_NOSYNC) }
        if options.isReadOnlyCopy { flags |= UInt32(MDB_RDONLY | MDB_NOLOCK) }
        // Every property has its value, so that `deinit` closes the handle, and nobody else may, when one of these fails.
        try check(mdb_env_set_mapsize(handle, options.mapSizeBytes), "set the map size")
        try check(mdb_env_set_maxdbs(handle, options.tablesMax), "set the number of tables")
        try check(mdb_env_set_maxreaders(handle, options.readersMax), "set the number of readers")
        try OpeningCheck.run(path + "/data.mdb")
        try check(mdb_env_open(handle, path, flags, 0o600), "open an environment")
        // While another process has it open, the slots of those that died in it stay through every start.
        if !options.isReadOnlyCopy { try clearStaleReaders() }
    }

    deinit { mdb_env_close(handle) }

    private static func tellPlace(of environment: OpaquePointer?) {
        var path: UnsafePointer<CChar>?
        guard mdb_env_get_path(environment, &path) == MDB_SUCCESS, let path else { return }
        let text = Array("\(String(cString: path))/data.mdb is damaged: start again, and run daybook verify\n".utf8)
        _ = Glibc.write(STDERR_FILENO, text, text.count)
    }

    /// Runs `body` on a snapshot. Keep it short: an open snapshot keeps pages from being used again.
    public func read<Result, Failure: Error>(
        _ body: (borrowing ReadTransaction) throws(Failure) -> Result
    ) throws -> Result {
        let transaction = try ReadTransaction(self)
        return try body(transaction)
    }

    /// Begins a snapshot that ends when it goes out of scope. For those who cannot do their work in one `body`.
    public func beginRead() throws(LMDBError) -> ReadTransaction { try ReadTransaction(self) }

    /// Runs `body` in a write transaction and commits it, or aborts it when `body` throws.
    public func write<Result, Failure: Error>(
        _ body: (borrowing WriteTransaction) throws(Failure) -> Result
    ) throws -> Result {
        let transaction = try beginWrite()
        let result = try body(transaction)
        try transaction.commit()
        return result
    }

    /// Begins a write transaction that the calling thread owns; waits for an earlier one of another thread to end.
    public func beginWrite() throws(LMDBError) -> WriteTransaction {
        try WriteTransaction(self, parent: nil)
    }

    /// Flushes what unsynced commits left to the operating system.
    public func sync() throws(LMDBError) {
        try check(mdb_env_sync(handle, 1), "sync an environment")
    }

    /// Writes a compact copy into an open file descriptor. The caller fsyncs and renames; LMDB does neither.
    public func copyCompact(toDescriptor descriptor: Int32) throws(LMDBError) {
        try check(mdb_env_copyfd2(handle, descriptor, UInt32(MDB_CP_COMPACT)), "copy an environment")
    }

    /// Frees the slots of readers whose process has died, and answers how many there were. What such a reader saw is
    /// never used again, so that the file grows: call it every minute. An opening does it too.
    @discardableResult
    public func clearStaleReaders() throws(LMDBError) -> Int {
        var dead: Int32 = 0
        try check(mdb_reader_check(handle, &dead), "check for stale readers")
        return Int(dead)
    }

    /// How much of the map is in use, in bytes.
    public func usage() -> (usedBytes: Int, mapSizeBytes: Int) {
        var info = MDB_envinfo()
        var stat = MDB_stat()
        mdb_env_info(handle, &info)
        mdb_env_stat(handle, &stat)
        return ((info.me_last_pgno + 1) * Int(stat.ms_psize), info.me_mapsize)
    }

    /// Makes the map larger. No transaction may be open in this process.
    public func growMap(toBytes bytes: Int) throws(LMDBError) {
        try check(mdb_env_set_mapsize(handle, bytes), "grow the map")
    }

    /// LMDB's version, as `0.9.24`.
    public static var libraryVersion: String {
        var major: Int32 = 0
        var minor: Int32 = 0
        var patch: Int32 = 0
        mdb_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }
}
