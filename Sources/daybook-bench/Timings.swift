import Glibc

/// Monotonic time in nanoseconds.
func nowNs() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// How long each of many exchanges took, and all together.
struct Timings {
    private let sortedNs: [UInt64]
    let wallNs: UInt64

    init(_ latenciesNs: [UInt64], wallNs: UInt64) {
        sortedNs = latenciesNs.sorted()
        self.wallNs = wallNs
    }

    /// Runs `body` so many times, one after the other.
    init(_ count: Int, _ body: (Int) throws -> Void) rethrows {
        var latenciesNs: [UInt64] = []
        latenciesNs.reserveCapacity(count)
        let began = nowNs()
        var last = began
        for index in 0..<count {
            try body(index)
            let now = nowNs()
            latenciesNs.append(now - last)
            last = now
        }
        self.init(latenciesNs, wallNs: last - began)
    }

    var count: Int { sortedNs.count }
    var perSecond: Double { wallNs == 0 ? 0 : Double(count) * 1e9 / Double(wallNs) }

    /// The latency in milliseconds that so many of a thousand do not exceed (nearest rank).
    func ms(permille: Int) -> Double {
        guard !sortedNs.isEmpty else { return 0 }
        let rank = (count * permille + 999) / 1_000
        return Double(sortedNs[max(0, min(count, rank) - 1)]) / 1e6
    }
}
