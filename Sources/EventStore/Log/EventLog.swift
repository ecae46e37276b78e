import Glibc
import LMDBKit
import Synchronization

/// The append-only log: records at gapless positions from 0, and the Merkle tree over them (RFC 6962).
///
/// A record is bytes, stored as given; its leaf is SHA-256(0x00 ‖ bytes). What `append` has answered survives a power
/// cut. Any thread may read; one at a time appends.
///
/// A read's body must not read the log again: growing the map waits for readers, and a second read would wait for it.
public final class EventLog: Sendable {
    /// 60 KiB: an entry bundle's length field ends at 65,535.
    public static let recordBytesMax = 61_440

    public let identity: LogIdentity
    /// Where followers wait for new events.
    public let head: HeadSignal

    let environment: Environment
    let tables: LogTables
    let gate = ReaderGate()
    let frontier: Mutex<Frontier>

    /// Makes an empty log in `<directory>/log`.
    ///
    /// The environment is made under another name and renamed when it is on the disk: a power cut leaves none or one.
    public static func create(at directory: String, origin: String? = nil) throws(LogError) -> EventLog {
        let path = directory + "/log"
        guard !DurableFile.exists(path + "/data.mdb") else { throw .alreadyExists(path: path) }
        let identity = try LogIdentity.random(origin: origin)
        let temporary = directory + "/log.new"
        for name in ["data.mdb", "lock.mdb"] { unlink(temporary + "/" + name) }
        try DurableFolder.make(temporary)
        try sortingErrors {
            let environment = try Environment(path: temporary)
            let transaction = try environment.beginWrite()
            _ = try LogTables(creating: identity, in: transaction)
            try transaction.commit()
            try environment.sync()
        }
        unlink(temporary + "/lock.mdb")
        try DurableFile.syncFolder(temporary)
        guard rename(temporary, path) == 0 else { throw .current("rename", temporary) }
        try DurableFile.syncFolder(directory)
        return try EventLog(opening: directory)
    }

    /// Opens the log in `<directory>/log`; takes O(log n) reads whatever its size.
    ///
    /// One process, once: a second opening in the same process would drop LMDB's file locks.
    /// - Parameter mapSizeBytes: address space to reserve, at least what the file needs; it can grow later.
    public init(opening directory: String, mapSizeBytes: Int = 64 << 30) throws(LogError) {
        let path = directory + "/log"
        guard DurableFile.exists(path + "/data.mdb") else { throw .notFound(path: path) }
        let opened: (Environment, LogTables, LogIdentity, Frontier) = try sortingErrors {
            let environment = try Environment(path: path, options: .init(mapSizeBytes: mapSizeBytes, tablesMax: 8))
            let transaction = try environment.beginWrite()
            let tables = try LogTables(existingIn: transaction)
            let identity = try tables.identity(in: transaction)
            let frontier = try Self.frontier(of: tables, in: transaction)
            // Committed, though nothing was written: table handles live only as of the commit that opened them.
            try transaction.commit()
            return (environment, tables, identity, frontier)
        }
        (environment, tables, identity) = (opened.0, opened.1, opened.2)
        frontier = Mutex(opened.3)
        head = HeadSignal(size: opened.3.size)
    }

    /// The number of durable events; the position of the next.
    public var size: UInt64 { head.size }

    /// Frees the slots of readers whose process has died, and answers how many there were.
    @discardableResult
    public func clearStaleReaders() throws(LogError) -> Int {
        try sortingErrors { try environment.clearStaleReaders() }
    }

    /// How much of the map is in use, in bytes.
    public func usage() -> (usedBytes: Int, mapSizeBytes: Int) { gate.shared { environment.usage() } }

    /// Writes a compact copy of `data.mdb` into an open descriptor. The caller fsyncs, verifies and renames.
    public func copyCompact(toDescriptor descriptor: Int32) throws(LogError) {
        try gate.shared { () throws(LogError) in
            try sortingErrors { try environment.copyCompact(toDescriptor: descriptor) }
        }
    }

    /// Runs `body` on a fresh snapshot.
    func snapshot<Result>(_ body: (borrowing ReadTransaction) throws -> Result) throws(LogError) -> Result {
        try gate.shared { () throws(LogError) in try sortingErrors { try environment.read(body) } }
    }

    /// Reads the right edge of the stored tree and holds its newest leaf against the newest record.
    private static func frontier(
        of tables: LogTables, in transaction: borrowing WriteTransaction
    ) throws -> Frontier {
        guard let lastKey = try tables.events.lastKey(in: transaction) else { return Frontier() }
        guard let last = lastKey.withUnsafeBytes({ UInt64(keyBytes: $0) }), last < 1 << 62 else {
            throw LogError.malformed("the last key of events is not a position")
        }
        let size = last + 1
        guard try UInt64(tables.events.count(in: transaction)) == size,
            try UInt64(tables.nodes.count(in: transaction)) == StoredHash.count(size: size)
        else { throw LogError.malformed("events and nodes do not have the numbers that go with size \(size)") }
        let leaf = try tables.events.get(number: last, in: transaction) { TreeHash.leaf($0) }
        guard leaf == (try tables.node(level: 0, offset: last, in: transaction)) else {
            throw LogError.damaged(position: last)
        }
        return try Frontier(size: size) { level, offset in
            try tables.node(level: level, offset: offset, in: transaction)
        }
    }
}
