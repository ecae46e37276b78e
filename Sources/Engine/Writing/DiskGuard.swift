import EventStore
import Schema

/// Keeps room on the disk: new work is refused before it is full, and a ballast is given up so that looks can still be
/// recorded and reading goes on.
struct DiskGuard: Sendable {
    let isBelowFloor: @Sendable () -> Bool
    let ballast: Ballast

    init(directory: String, floorBytes: UInt64, ballastBytes: Int) {
        isBelowFloor = { (try? DiskSpace(at: directory).isBelowFloor(floorBytes)) ?? false }
        ballast = Ballast(directory: directory, byteCount: ballastBytes)
    }

    func requireSpace() throws(Refusal) {
        guard isBelowFloor() else { return }
        throw Refusal(
            .problem("disk-full"), status: 507, title: "The disk is almost full",
            detail: "Nothing was recorded. Free some space and try again; reading goes on meanwhile.")
    }

    /// Takes the ballast up again when there is room for it above the floor.
    func restore() throws {
        guard !ballast.isHeld, !isBelowFloor() else { return }
        try ballast.hold()
    }
}
