import NIOCore

/// How fast one user may open connections: so many at once, and so many a second.
///
/// Those in the kernel's queue are seen to in its order, and setting one up costs many times what turning it away does:
/// whoever comes and goes by the thousand would keep everybody behind them waiting.
struct ArrivalPace {
    struct Room {
        var places: Double
        var at: NIODeadline
    }

    let atOnceMax: Double
    let perSecond: Double
    private(set) var rooms: [UInt32: Room] = [:]
    /// Users who have all their places again are forgotten when there are more than this.
    private static let remembered = 1_024

    init(atOnceMax: Double = 128, perSecond: Double = 512) {
        self.atOnceMax = atOnceMax
        self.perSecond = perSecond
    }

    /// Counts a connection in; false when it comes too soon, and then it is not counted.
    mutating func admit(_ uid: UInt32, now: NIODeadline) -> Bool {
        if rooms.count > Self.remembered { forgetRested(now) }
        let places = places(of: uid, now)
        rooms[uid] = Room(places: places >= 1 ? places - 1 : places, at: now)
        return places >= 1
    }

    private func places(of uid: UInt32, _ now: NIODeadline) -> Double {
        guard let room = rooms[uid] else { return atOnceMax }
        let seconds = Double((now - room.at).nanoseconds) / 1e9
        return min(atOnceMax, room.places + seconds * perSecond)
    }

    private mutating func forgetRested(_ now: NIODeadline) {
        rooms = rooms.filter { places(of: $0.key, now) < atOnceMax }
    }
}
