import LMDBKit

/// Verifies the running log up to its size at the beginning: a step at a time, so that a job can show progress, rest
/// between steps and stop.
///
/// First every page of the file, without liblmdb, which damage can end the process in. Only when all are whole, every
/// record is hashed and held against its leaf, every inner node against the two below it, and the root against the signed
/// checkpoints.
public struct LogVerification {
    private let log: EventLog
    private var pages: RunningPageCheck?
    private var audit = TreeAudit()
    private var checkpoints: SignedCheckpoints
    /// What has been found so far.
    public private(set) var report = VerificationReport()
    /// The position to verify before.
    public let end: UInt64

    /// No page was found damaged; else nothing of the log should be read on purpose.
    public private(set) var arePagesWhole = true

    /// Of one step: whoever is answered meanwhile waits no longer for a processor than these take, some tenths of a
    /// millisecond.
    private static let stepEventsMax: UInt64 = 64

    /// The next position to verify.
    public var position: UInt64 { audit.size }

    /// How far it has come, pages and records together.
    public var permille: Int { pages.map { $0.permille / 2 } ?? 500 + Int(position * 500 / max(end, 1)) }

    /// - Parameter key: the key of the log's checkpoints.
    public init(
        _ log: EventLog, dataDirectory: String, keysDirectory: String?, key: VerifierKey?
    ) throws(LogError) {
        self.log = log
        // Before the size: a checkpoint published meanwhile must not look like a longer log.
        checkpoints = try SignedCheckpoints(
            dataDirectory: dataDirectory, keysDirectory: keysDirectory, key: key, origin: log.identity.origin)
        end = log.size
        for fault in checkpoints.faults { report.add(fault) }
        pages = RunningPageCheck(log)
    }

    /// Takes one step. Call it until it answers false.
    public mutating func advance() throws(LogError) -> Bool {
        if pages != nil { return try advancePages() }
        let start = position
        if start < end {
            let stop = min(
                end, start + Self.stepEventsMax, checkpoints.nextSize.map { max($0, start + 1) } ?? end)
            let (leaves, hashes) = try log.leavesAndHashes(start..<stop)
            let first = StoredHash.leafIndex(start)
            for leaf in leaves {
                if leaf == nil { report.add(.missing(table: "events", positions: position..<(position + 1))) }
                audit.take(leaf: leaf, stored: { hashes[Int($0 - first)] }, report: { report.add($0) })
            }
        }
        if checkpoints.nextSize == position { for fault in checkpoints.compare(audit.root) { report.add(fault) } }
        report.size = position
        report.checkpointSize = checkpoints.largestHeld
        guard position >= end else { return true }
        report.root = audit.root
        for fault in checkpoints.end(size: end) { report.add(fault) }
        return false
    }

    private mutating func advancePages() throws(LogError) -> Bool {
        guard try pages?.advance() != true else { return true }
        let faults = pages?.faults ?? []
        pages = nil
        for fault in faults { report.add(fault) }
        arePagesWhole = faults.isEmpty
        if !arePagesWhole { report.size = end }
        return arePagesWhole
    }

    /// Verifies all there is. `progress` is told the position after every step; false stops.
    public mutating func run(_ progress: (_ position: UInt64, _ end: UInt64) -> Bool) throws(LogError) {
        while try advance() { guard progress(position, end) else { return } }
        _ = progress(position, end)
    }
}

extension EventLog {
    /// The leaf of each record as read, and every stored hash that goes with them; nil for what is not there.
    fileprivate func leavesAndHashes(
        _ positions: Range<UInt64>
    ) throws(LogError) -> (leaves: [TreeHash?], hashes: [TreeHash?]) {
        let indices = StoredHash.leafIndex(positions.lowerBound)..<StoredHash.leafIndex(positions.upperBound)
        return try snapshot { transaction in
            var leaves: [TreeHash?] = []
            for position in positions {
                leaves.append(try tables.events.get(number: position, in: transaction) { TreeHash.leaf($0) })
            }
            var hashes: [TreeHash?] = []
            for index in indices {
                hashes.append(try tables.nodes.get(number: index, in: transaction) { TreeHash($0) } ?? nil)
            }
            return (leaves, hashes)
        }
    }
}
