import LMDBKit

/// How a read model is doing.
public enum ViewStatus: Sendable, Equatable {
    case serving
    /// Rows of the projector's former version serve while those of its present one are built beside them.
    case upgrading(progressPermille: Int)
    case building(progressPermille: Int)
    case stopped(at: UInt64, reason: String)

    /// Whether questions are answered.
    public var isServing: Bool {
        switch self {
        case .serving, .upgrading: true
        case .building, .stopped: false
        }
    }
}

/// Any read model that runs, for lists of them.
public protocol AnyView: Sendable {
    var name: String { get }
    /// The number of records folded in.
    var position: UInt64 { get }
    var status: ViewStatus { get }

    func reach(_ position: UInt64, timeout: Duration) -> ReachResult
    /// Of its rows at a position.
    func digest() throws -> (position: UInt64, digest: String)
    /// Builds a new generation beside the live one, compares both at one position, and switches unless only asked to
    /// verify.
    ///
    /// - Parameter reader: the log, where others read it too; nil to read it alone.
    func rebuild(
        verifyOnly: Bool, from reader: SharedReplay.Reader?, progress: @escaping @Sendable (Int) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RebuildOutcome
    /// The digest of its rows over the first `end` records, built anew and thrown away.
    func digest(
        ofFirst end: UInt64, from reader: SharedReplay.Reader?, progress: @escaping @Sendable (Int) -> Void,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws -> String
    /// Frees the slots of readers whose process has died, and answers how many there were.
    @discardableResult
    func clearStaleReaders() throws -> Int
    func stop()
}

extension AnyView {
    public func rebuild(
        verifyOnly: Bool, progress: @escaping @Sendable (Int) -> Void, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> RebuildOutcome {
        try rebuild(verifyOnly: verifyOnly, from: nil, progress: progress, isCancelled: isCancelled)
    }

    public func digest(
        ofFirst end: UInt64, progress: @escaping @Sendable (Int) -> Void, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> String {
        try digest(ofFirst: end, from: nil, progress: progress, isCancelled: isCancelled)
    }
}

/// What a rebuild found.
public struct RebuildOutcome: Sendable {
    /// Up to which the digests are; nil when damaged pages kept the live one from being read.
    public var position: UInt64?
    /// Nil when the live one had stopped before this position, or is damaged.
    public var liveDigest: String?
    public var newDigest: String?
    public var isSwitched: Bool
    /// What is wrong with the live one's pages. It is made anew without being asked to.
    public var pageFaults: [PageFault] = []
    public var isEqual: Bool { liveDigest != nil && liveDigest == newDigest }
}

/// A background task was told to end.
public struct Cancelled: Error {}
