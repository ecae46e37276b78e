import CLMDB
import Glibc

/// What LMDB, or a checksum over one of its values, had to say.
///
/// Sorted by what the caller does next: `diskFull` and `mapFull` leave the environment usable and nothing written;
/// `damaged` names the place; every other `failed` on a commit means that the outcome is unknown.
public enum LMDBError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The disk has no room (ENOSPC or EDQUOT). Nothing of the transaction was written.
    case diskFull
    /// The memory map has no room (MDB_MAP_FULL). Nothing of the transaction was written.
    case mapFull
    /// A value does not match its checksum, or does not decode.
    case damaged(table: String, key: [UInt8])
    /// A file is too short for what it says it holds, or has a page that liblmdb would die of.
    case damagedFile(path: String, reason: String)
    /// A table is not there whose likes are: its name is not what was written.
    case lostTable(String)
    /// Any other return code of a call.
    case failed(call: String, code: Int32)

    init(call: String, code: Int32) {
        switch code {
        case MDB_MAP_FULL: self = .mapFull
        case ENOSPC, EDQUOT: self = .diskFull
        default: self = .failed(call: call, code: code)
        }
    }

    /// What is on the disk is not what was written there.
    public var isDamage: Bool {
        switch self {
        case .damaged, .damagedFile, .lostTable: true
        case .failed(_, let code):
            // A snapshot goes bad by a page that cannot be read, and what asks next is told only that.
            // No tree of ours is 32 levels deep: one that seems so has a page of another in it.
            [MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INVALID, MDB_PANIC, MDB_BAD_TXN, MDB_CURSOR_FULL].contains(code)
        case .diskFull, .mapFull: false
        }
    }

    /// A table is not there.
    public var isMissingTable: Bool { if case .failed(_, MDB_NOTFOUND) = self { true } else { false } }

    public var description: String {
        switch self {
        case .diskFull: "the disk is full"
        case .mapFull: "the memory map is full"
        case .damaged(let table, let key):
            "damaged value in \(table) at key \(key.map { byte in Self.hex(byte) }.joined())"
        case .damagedFile(let path, let reason): "\(path) is damaged: \(reason)"
        case .lostTable(let name): "the table \(name) is not there, though others are"
        case .failed(let call, let code): "cannot \(call): \(String(cString: mdb_strerror(code))) (\(code))"
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}

/// Throws unless `code` is success.
/// `call` is put into words only when it is needed.
@usableFromInline
func check(_ code: Int32, _ call: @autoclosure () -> String) throws(LMDBError) {
    guard code == MDB_SUCCESS else { throw LMDBError(call: call(), code: code) }
}
