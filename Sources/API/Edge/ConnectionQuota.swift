/// How many connections each user holds. Nobody can take so many that others get none: each has a bound, all have one
/// together, and beyond that one root and the daemon's own user still have a reserve.
struct ConnectionQuota {
    let perUserMax: Int
    let totalMax: Int
    let reserve: Int
    let privileged: Set<UInt32>
    private var counts: [UInt32: Int] = [:]
    private(set) var total = 0

    init(perUserMax: Int, totalMax: Int, reserve: Int = 64, privileged: Set<UInt32>) {
        self.perUserMax = perUserMax
        self.totalMax = totalMax
        self.reserve = reserve
        self.privileged = privileged
    }

    /// Counts a connection in; false when it is one too many, and then it is not counted.
    mutating func admit(_ uid: UInt32) -> Bool {
        let count = counts[uid, default: 0]
        guard count < perUserMax, total < totalMax + (privileged.contains(uid) ? reserve : 0) else { return false }
        counts[uid] = count + 1
        total += 1
        return true
    }

    /// Counts out one that was admitted.
    mutating func release(_ uid: UInt32) {
        guard let count = counts[uid] else { return }
        counts[uid] = count == 1 ? nil : count - 1
        total -= 1
    }

    func count(of uid: UInt32) -> Int { counts[uid, default: 0] }
}
