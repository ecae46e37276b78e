import EventStore
import Schema

/// Keeps room on the disk: new work is refused before it is full, and a ballast is given up so that looks can still be
/// recorded and reading goes on.
struct DiskGuard: Sendable {
    /// What the file system has for an ordinary user, in bytes; nil when it does not say.
    let availableBytes: @Sendable () -> UInt64?
    let floorBytes: UInt64
    let ballast: Ballast

    init(
        directory: String, floorBytes: UInt64, ballastBytes: Int, availableBytes: (@Sendable () -> UInt64?)? = nil
    ) {
        self.availableBytes = availableBytes ?? { try? DiskSpace(at: directory).availableBytes }
        self.floorBytes = floorBytes
        ballast = Ballast(directory: directory, byteCount: ballastBytes)
    }

    var isBelowFloor: Bool { availableBytes().map { $0 < floorBytes } ?? false }

    func requireSpace() throws(Refusal) {
        guard isBelowFloor else { return }
        throw Refusal(
            .problem("disk-full"), status: 507, title: "The disk is almost full",
            detail: "Nothing was recorded. Free some space and try again; reading goes on meanwhile.")
    }

    /// Takes the ballast up again when there is room for it above the floor: taken up, it must not be what new work is
    /// refused for.
    func restore() throws {
        guard !ballast.isHeld, let available = availableBytes() else { return }
        let (needed, isOver) = floorBytes.addingReportingOverflow(UInt64(ballast.byteCount))
        guard !isOver, available >= needed else { return }
        try ballast.hold()
    }
}
