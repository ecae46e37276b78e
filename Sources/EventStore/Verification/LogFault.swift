import LMDBKit

/// One thing that verification found wrong.
public enum LogFault: Equatable, Sendable {
    /// A page of the file is damaged.
    case page(PageFault)
    /// The record at this position and its stored leaf hash disagree.
    case record(position: UInt64)
    /// A stored inner node is not the hash of the two below it.
    case node(level: Int, offset: UInt64)
    /// Records, or hashes of records, that should be there and are not.
    case missing(table: String, positions: Range<UInt64>)
    /// The log does not begin with the events of a signed checkpoint.
    case checkpoint(path: String, size: UInt64, reason: String)
    /// A published file is not what the log makes it.
    case published(PublishedFault)
    /// A file of the keys, or the verifier key, is not what it was.
    case file(path: String, reason: String)
    /// The log's own description does not read, or is another log's.
    case description(String)
}

extension LogFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .page(let fault): "damaged \(fault)"
        case .record(let position): "the record at position \(position) does not match its leaf hash"
        case .node(let level, let offset):
            "the tree node over positions \(offset << UInt64(level))..<\((offset + 1) << UInt64(level)) does not match"
        case .missing(let table, let positions):
            "\(table) lacks positions \(positions.lowerBound)..<\(positions.upperBound)"
        case .checkpoint(let path, 0, let reason): "\(path): \(reason)"
        case .checkpoint(let path, let size, let reason): "\(path), over \(size) events: \(reason)"
        case .published(let fault): "\(fault)"
        case .file(let path, let reason): "\(path): \(reason)"
        case .description(let what): what
        }
    }
}

/// What a full verification came to.
public struct VerificationReport: Equatable, Sendable {
    /// Events found.
    public internal(set) var size: UInt64 = 0
    /// The root as computed from what is stored; nil when damage leaves it unknown.
    public internal(set) var root: TreeHash?
    /// The largest signed checkpoint that the log was found to begin with.
    public internal(set) var checkpointSize: UInt64?
    /// In the order found, the first 1,000.
    public internal(set) var faults: [LogFault] = []
    /// All of them.
    public internal(set) var faultCount: UInt64 = 0

    static let faultsMax = 1_000

    public var isIntact: Bool { faultCount == 0 }

    /// It begins with what was signed, or holds nothing. Otherwise all of it may have been written anew by anyone.
    public var isVouchedFor: Bool { size == 0 || (checkpointSize ?? 0) > 0 }

    mutating func add(_ fault: LogFault) {
        faultCount += 1
        if faults.count < Self.faultsMax { faults.append(fault) }
    }
}
