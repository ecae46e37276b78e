import Glibc

/// Books as the plan says, and measures it.
struct BookingDesk {
    private let clinic: SampleClinic
    private let daemon: Daemon
    private var plan: BookingPlan
    /// Events in the log as of the last answer.
    private(set) var events: UInt64 = 0

    init(_ clinic: SampleClinic, on daemon: Daemon) throws {
        self.clinic = clinic
        self.daemon = daemon
        plan = try BookingPlan(clinic.scale)
    }

    /// Fills every therapist's first week, which is asked for later; it warms the daemon, too.
    mutating func fillFirstWeek() throws {
        _ = try book(plan.firstWeekCount, connections: 16)
    }

    /// One run: an empty round trip, then bookings over ever more connections.
    mutating func measure(_ scale: Scale, _ figures: inout Figures) throws {
        let asking = HTTPRequest.get("/v1/queries/WhoAmI")
        let empty = LoadGenerator(
            socketPath: daemon.socketPath, requests: Array(repeating: asking, count: scale.roundTrips),
            expectedStatus: 200)
        figures.add("round trip (WhoAmI)", try empty.drive(connections: 1).timings)
        try Comparison(try requests(scale.compared), on: daemon).add(to: &figures)
        for (connections, count) in scale.bookings {
            let group = "durable bookings, \(connections) connection\(connections == 1 ? "" : "s")"
            let before = ThreadTimes(of: daemon.processID)
            let timings = try book(count, connections: connections)
            let spent = ThreadTimes(of: daemon.processID).microseconds(since: before)
            figures.add(group, "bookings", timings.perSecond, "/s")
            figures.add(group, timings, tail: true)
            for (name, us) in spent {
                figures.add(group, "processor time of one, \(name)", us / Double(count), "µs")
            }
        }
    }

    private mutating func requests(_ count: Int) throws -> [[UInt8]] {
        var requests: [[UInt8]] = []
        for _ in 0..<count { requests.append(clinic.command(try plan.take())) }
        return requests
    }

    private mutating func book(_ count: Int, connections: Int) throws -> Timings {
        let load = LoadGenerator(socketPath: daemon.socketPath, requests: try requests(count), expectedStatus: 201)
        let (timings, last) = try load.drive(connections: connections)
        events = max(events, try last.decoded(Founded.self).position + 1)
        return timings
    }

    /// The time from exec to the first accepted command.
    mutating func measureStart(_ ending: Ending, _ figures: inout Figures) throws {
        try ending.end(daemon)
        let events = events
        let request = clinic.command(try plan.take())
        let (began, connection) = try daemon.start()
        let listening = nowNs()
        let answer = try firstAnswer(request, connection, since: began)
        let accepted = nowNs()
        try answer.require(201)
        self.events = max(events, try answer.decoded(Founded.self).position + 1)
        let group = "start-up, \(ending.rawValue)"
        figures.add(group, "exec to listening", Double(listening - began) / 1e6, "ms")
        figures.add(group, "exec to the first accepted command", Double(accepted - began) / 1e6, "ms")
        if ending == .withoutState {
            figures.add(
                group, "replayed, all else included", Double(events) * 1e9 / Double(accepted - began), "events/s")
        }
    }

    /// The first answer that is not "try again".
    private func firstAnswer(
        _ request: [UInt8], _ connection: SocketConnection, since began: UInt64
    ) throws -> HTTPAnswer {
        while true {
            let answer = try connection.exchange(request)
            guard answer.status == 503 else { return answer }
            guard nowNs() - began < 120_000_000_000 else { throw BenchError.notAnswering(afterSeconds: 120) }
            usleep(1_000)
        }
    }
}
