/// A published file that is not what the log makes it.
public struct PublishedFault: Equatable, Sendable {
    /// Nil for the checkpoint and the verifier key.
    public let tile: TilePath?
    public let path: String
    public let reason: String

    init(tile: TilePath? = nil, path: String, _ reason: String) {
        self.tile = tile
        self.path = path
        self.reason = reason
    }
}

extension PublishedFault: CustomStringConvertible {
    public var description: String { "\(path): \(reason)" }
}

/// What comparing the published files with the log came to.
public struct PublishedReport: Equatable, Sendable {
    /// The checkpoint's size: what was published of the log; 0 when nothing was.
    public internal(set) var size: UInt64 = 0
    /// Files compared.
    public internal(set) var fileCount: UInt64 = 0
    /// In the order found, the first 1,000.
    public internal(set) var faults: [PublishedFault] = []
    /// All of them.
    public internal(set) var faultCount: UInt64 = 0

    public var isIntact: Bool { faultCount == 0 }

    mutating func add(_ fault: PublishedFault) {
        faultCount += 1
        if faults.count < VerificationReport.faultsMax { faults.append(fault) }
    }
}
