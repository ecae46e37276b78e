import Foundation

/// Where a clinic's daemon keeps what.
public struct EngineOptions: Sendable {
    public var dataDirectory: String
    /// Outside the data.
    public var keysDirectory: String
    /// The log's name in checkpoints, for a log that is to be made; nil for one made from the log's id.
    public var origin: String?
    public var clock: EngineClock
    /// The user id that may begin the practice, besides root.
    public var ownUID: UInt32
    /// Free space below which new work is refused, in bytes.
    public var freeFloorBytes: UInt64
    /// Room held for what must be written when the disk is full, in bytes.
    public var ballastBytes: Int

    public init(
        dataDirectory: String, keysDirectory: String? = nil, origin: String? = nil, clock: EngineClock = .real,
        ownUID: UInt32 = getuid(), freeFloorBytes: UInt64 = 64 << 20, ballastBytes: Int = 64 << 20
    ) {
        self.ballastBytes = ballastBytes
        self.dataDirectory = FolderPath.standard(dataDirectory)
        self.keysDirectory = keysDirectory.map(FolderPath.standard) ?? FolderPath.keys(besideData: dataDirectory)
        self.origin = origin
        self.clock = clock
        self.ownUID = ownUID
        self.freeFloorBytes = freeFloorBytes
    }
}
