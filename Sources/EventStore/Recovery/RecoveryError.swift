/// Why a log was not brought back. Nothing was put in any log's place then.
public enum RecoveryError: Error, Equatable, Sendable {
    /// No checkpoint, or no bundles, where they are said to be.
    case notPublished(path: String)
    /// There is a log already.
    case logExists(path: String)
    /// The folder belongs to another user, whose daemon could not use what this one makes.
    case otherUser(path: String)
    /// No checkpoint could be verified; why, by path.
    case nothingSigned([String])
    /// A checkpoint was signed over more events than the bundles hold.
    case tooOld(checkpoint: String, signed: UInt64, held: UInt64)
    /// Bundles or records that are missing or damaged, by path and position.
    case damaged([PublishedFault])
    /// The records' root is not that of a signed checkpoint.
    case otherRoot(checkpoint: String, size: UInt64)
    /// Which log it is, 16 bytes, is said neither by the checkpoint's origin nor by the keys.
    case noLogID
    /// Keys and published files belong to two logs.
    case otherLog(path: String)
    /// A daemon, or another recovery, works on the folder.
    case inUse(String)
    case noRoom(path: String, neededBytes: UInt64, availableBytes: UInt64)
    case log(LogError)

    /// Whether what was published is not what was signed.
    public var isDamage: Bool {
        switch self {
        case .damaged, .otherRoot, .nothingSigned, .tooOld: true
        default: false
        }
    }
}

extension RecoveryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notPublished(let path):
            "there is nothing published at \(path): name the folder with `checkpoint` and `tile/entries` in it"
        case .logExists(let path):
            "there is a log at \(path) already: move it aside first (mv \(path) \(path).aside); nothing is written over a log"
        case .otherUser(let path): "\(path) belongs to another user: run this as that user, whom the daemon runs as"
        case .nothingSigned(let reasons):
            "no signed checkpoint can be verified, so nobody vouches for the bundles: \(reasons.joined(separator: "; "))"
        case .tooOld(let checkpoint, let signed, let held):
            "\(checkpoint) was signed over \(signed) events, and only \(held) of them were found: "
                + "the daemon would refuse so short a log. Look for the newer copy of the bundles"
        case .damaged(let faults):
            "\(faults.count == 1 ? "a bundle is" : "bundles are") missing or damaged, and no other log than the signed one "
                + "is written. Put other copies of these files in their places: "
                + faults.prefix(3).map(\.description).joined(separator: "; ") + (faults.count > 3 ? "; …" : "")
        case .otherRoot(let checkpoint, let size):
            "the first \(size) records are not those that \(checkpoint) was signed over"
        case .noLogID:
            "which log this is cannot be told from the checkpoint's name, nor from the keys: name their folder with --keys"
        case .otherLog(let path): "\(path) belongs to another log than the published files"
        case .inUse(let what): "\(what): stop it first"
        case .noRoom(let path, let needed, let available):
            "the disk of \(path) has \(available >> 20) MiB free, and about \((needed >> 20) + 1) MiB are needed"
        case .log(.diskFull): "the disk is full: make room and begin again; what was begun is removed"
        case .log(let error): "\(error)"
        }
    }
}

extension RecoveryError {
    /// Runs `body`, whose errors are the log's or a recovery's, and sorts them.
    static func sorting<Result>(_ body: () throws -> Result) throws(RecoveryError) -> Result {
        do {
            return try sortingErrors {
                do { return Swift.Result<Result, RecoveryError>.success(try body()) } catch let error as RecoveryError {
                    return .failure(error)
                }
            }.get()
        } catch let error as RecoveryError {
            throw error
        } catch let error as LogError {
            throw .log(error)
        } catch {
            throw .log(.malformed("unexpected error \(type(of: error))"))
        }
    }
}

/// What was brought back.
public struct RecoveryReport: Equatable, Sendable {
    /// Events in the log, all of them signed for.
    public let size: UInt64
    public let origin: String
    public let root: TreeHash
    /// The signed checkpoint that vouches for them.
    public let checkpointPath: String
    /// The folder of the new log.
    public let logPath: String
    /// Records in the bundles behind the checkpoint, which nothing signed vouches for: they were left out.
    public internal(set) var unsignedCount: UInt64 = 0
    /// Files beside the bundles that are damaged, which the log could be brought back without.
    public let remarks: [String]

    init(_ vouched: VouchedCheckpoint, _ identity: LogIdentity, logPath: String) {
        size = vouched.checkpoint.size
        root = vouched.checkpoint.root
        origin = identity.origin
        checkpointPath = vouched.path
        remarks = vouched.remarks
        self.logPath = logPath
    }
}
