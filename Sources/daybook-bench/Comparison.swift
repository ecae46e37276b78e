/// One client's booking beside a raw commit and an empty round trip.
///
/// The three take turns, one by one: a machine that others use changes its pace within seconds, and a ratio of figures
/// from different seconds would say more about them than about the daemon.
struct Comparison {
    private var rawNs: [UInt64] = []
    private var emptyNs: [UInt64] = []
    private var bookingNs: [UInt64] = []

    init(_ bookings: [[UInt8]], on daemon: Daemon) throws {
        var log = try RawLog(dir: daemon.dir)
        defer { log.remove() }
        let connection = try SocketConnection(path: daemon.socketPath)
        let asking = HTTPRequest.get("/v1/queries/WhoAmI")
        for booking in bookings {
            let began = nowNs()
            try log.commit(records: 1)
            rawNs.append(nowNs() - began)
            let empty = try connection.exchange(asking)
            emptyNs.append(nowNs() - connection.sentAtNs)
            try empty.require(200)
            let booked = try connection.exchange(booking)
            bookingNs.append(nowNs() - connection.sentAtNs)
            try booked.require(201)
        }
    }

    func add(to figures: inout Figures) {
        let group = FigureName.inTurn
        let raw = Timings(rawNs, wallNs: 0).ms(permille: 500)
        let empty = Timings(emptyNs, wallNs: 0).ms(permille: 500)
        let booking = Timings(bookingNs, wallNs: 0).ms(permille: 500)
        figures.add(group, "raw commit, p50", raw, "ms")
        figures.add(group, "empty round trip, p50", empty, "ms")
        figures.add(group, "booking, p50", booking, "ms")
        figures.add(group, "booking against a raw commit", booking / raw, "×")
        figures.add(group, FigureName.againstFloor, booking / (raw + empty), "×")
    }
}
