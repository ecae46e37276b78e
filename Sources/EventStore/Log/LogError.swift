import LMDBKit

/// What the log had to say, sorted by what its caller does next.
public enum LogError: Error, Equatable, Sendable {
    /// The disk has no room. Nothing was written, reading goes on, a retry after room is made works.
    case diskFull
    /// The memory map has no room. Nothing was written; `growIfNeeded(force: true)` and retry.
    case mapFull
    /// A commit failed and may yet be found done: answer nothing, end the process, let the next start find the truth.
    case outcomeUnknown(LMDBError)
    /// The record at this position, or its hash, is not what was written.
    case damaged(position: UInt64)
    /// The log's own structure is wrong: its tables disagree, or `meta` does not read.
    case malformed(String)
    /// The caller's position is not the log's end. Nothing was written.
    case wrongPosition(expected: UInt64, actual: UInt64)
    /// A record is empty or longer than 61,440 bytes. Nothing was written.
    case recordSize(bytes: Int)
    /// A position or size beyond the log's end, or sizes the wrong way round.
    case outOfRange(requested: UInt64, size: UInt64)
    /// There is no log in the folder.
    case notFound(path: String)
    /// There is no log in the folder, but something was signed for one.
    case lost(path: String)
    /// There is a log in the folder already.
    case alreadyExists(path: String)
    /// The log is of a format that this program does not know.
    case unknownFormat(String)
    /// The log is shorter than the last checkpoint signed for it: an older copy was put in its place.
    case rolledBack(anchorSize: UInt64, logSize: UInt64)
    /// The log has another history than the last checkpoint signed for it.
    case forked(size: UInt64)
    /// A checkpoint, signature or key file cannot be read or does not verify.
    case badCheckpoint(path: String, reason: String)
    /// A published file is not what the log makes it.
    case badTile(path: String)
    /// An origin that cannot name a log.
    case badOrigin(String)
    /// A call to LMDB failed before any commit. Nothing was written.
    case storage(LMDBError)
    /// A call to the operating system failed; `code` is its errno.
    case system(call: String, path: String, code: Int32)
}

extension LogError {
    /// What is on the disk is not what was written there.
    public var isDamage: Bool {
        switch self {
        case .damaged, .malformed: true
        case .storage(let error): error.isDamage
        default: false
        }
    }
}

extension LogError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .diskFull: "the disk is full"
        case .mapFull: "the log's memory map is full"
        case .outcomeUnknown(let error): "the outcome of a commit is unknown: \(error)"
        case .damaged(let position): "the record at position \(position) is damaged"
        case .malformed(let what): "the log is malformed: \(what)"
        case .wrongPosition(let expected, let actual): "position \(expected) was expected, the log is at \(actual)"
        case .recordSize(let bytes): "a record has 1 to \(EventLog.recordBytesMax) bytes, not \(bytes)"
        case .outOfRange(let requested, let size): "\(requested) is outside a log of size \(size)"
        case .notFound(let path): "there is no log at \(path)"
        case .lost(let path): "there is no log at \(path), but a checkpoint was signed for one"
        case .badTile(let path): "the published file \(path) is not what the log makes it"
        case .alreadyExists(let path): "there is a log at \(path) already"
        case .unknownFormat(let format): "unknown log format \(format)"
        case .rolledBack(let anchor, let log):
            "the log has \(log) events, but a checkpoint over \(anchor) was signed: it is an older copy"
        case .forked(let size): "the log's first \(size) events are not those of the signed checkpoint"
        case .badCheckpoint(let path, let reason): "\(path): \(reason)"
        case .badOrigin(let origin): "cannot use \(origin) as an origin"
        case .storage(let error): "\(error)"
        case .system(let call, let path, let code): "cannot \(call) \(path): errno \(code)"
        }
    }
}

extension LogError {
    /// Sorts an error of LMDB that came before any commit.
    init(_ error: LMDBError) {
        switch error {
        case .diskFull: self = .diskFull
        case .mapFull: self = .mapFull
        case .damaged, .damagedFile, .lostTable, .failed: self = .storage(error)
        }
    }
}

/// Runs `body`, whose errors are the log's or LMDB's, and sorts them.
func sortingErrors<Result>(_ body: () throws -> Result) throws(LogError) -> Result {
    do {
        return try body()
    } catch let error as LogError {
        throw error
    } catch let error as LMDBError {
        throw LogError(error)
    } catch {
        throw .malformed("unexpected error \(type(of: error))")
    }
}
