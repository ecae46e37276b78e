import EventStore
import Schema

/// Refuses new work before the disk is full, so that reading, erasing and saving go on.
struct DiskGuard: Sendable {
    let isBelowFloor: @Sendable () -> Bool

    func requireSpace() throws(Refusal) {
        guard isBelowFloor() else { return }
        throw Refusal(
            .problem("disk-full"), status: 507, title: "The disk is almost full",
            detail: "Nothing was recorded. Free some space and try again; reading goes on meanwhile.")
    }
}
