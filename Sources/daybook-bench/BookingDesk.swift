import Glibc
import Timetable

/// Books as the plan says, and measures it.
struct BookingDesk {
    private let clinic: SampleClinic
    private let daemon: Daemon
    private let plan: BookingPlan
    /// The number of the plan's next booking, and how many were taken from its end, which nobody else books.
    private var next = 0
    private var spares = 0
    private var moving = MovingBookings()
    /// Events in the log as of the last answer.
    private(set) var events: UInt64 = 0

    init(_ clinic: SampleClinic, _ plan: BookingPlan, on daemon: Daemon) {
        self.clinic = clinic
        self.plan = plan
        self.daemon = daemon
    }

    /// Bookings made so far.
    var bookings: Int { next + spares + moving.count }

    /// Fills every therapist's first week, which is asked for later; it warms the daemon, too.
    mutating func fillFirstWeek() throws {
        _ = try book(plan.firstWeekCount, connections: 16)
    }

    /// Has the log hold so many events, by moving bookings that lie after all others to and fro.
    mutating func grow(to count: UInt64) throws {
        guard events < count else { return }
        if moving.isEmpty { moving = try MovingBookings(clinic, plan, on: daemon) }
        while events < count {
            let chunk = Int(min(count - events, 100_000))
            let load = LoadGenerator(
                socketPath: daemon.socketPath, requests: moving.moves(chunk), expectedStatus: 201)
            let (_, last) = try load.drive(connections: 64)
            try note(last)
        }
    }

    /// One run: an empty round trip, then bookings over ever more connections.
    mutating func measure(_ scale: Scale, _ figures: inout Figures) throws {
        let asking = HTTPRequest.get("/v1/queries/WhoAmI")
        let empty = LoadGenerator(
            socketPath: daemon.socketPath, requests: Array(repeating: asking, count: scale.roundTrips),
            expectedStatus: 200)
        figures.add("Daybook: round trip (WhoAmI)", try empty.drive(connections: 1).timings)
        try Comparison(try spareRequests(scale.compared), on: daemon).add(to: &figures)
        for (connections, count) in scale.bookings {
            let group = FigureName.bookings(.daybook, connections)
            let before = ThreadTimes(of: daemon.processID)
            let timings = try book(count, connections: connections)
            let spent = ThreadTimes(of: daemon.processID).microseconds(since: before)
            figures.add(group, FigureName.rate, timings.perSecond, "/s")
            figures.add(group, timings, tail: true)
            for (name, us) in spent {
                figures.add(group, "processor time of one, \(name)", us / Double(count), "µs")
            }
        }
    }

    private mutating func book(_ count: Int, connections: Int) throws -> Timings {
        let requests = try (next..<next + count).map { clinic.command(try plan.booking($0)) }
        next += count
        let load = LoadGenerator(socketPath: daemon.socketPath, requests: requests, expectedStatus: 201)
        let (timings, last) = try load.drive(connections: connections)
        try note(last)
        return timings
    }

    private mutating func spareRequests(_ count: Int) throws -> [[UInt8]] {
        guard next + spares + count <= plan.count else {
            throw BenchError.unexpected("every hour is booked; ask for fewer runs or sizes")
        }
        defer { spares += count }
        return try (0..<count).map { clinic.command(try plan.booking(plan.count - 1 - spares - $0)) }
    }

    private mutating func note(_ answer: HTTPAnswer) throws {
        events = max(events, try answer.decoded(Founded.self).position + 1)
    }

    /// Books one more on a connection, again and again until the daemon takes it.
    mutating func bookOnce(_ connection: SocketConnection) throws {
        let answer = try connection.exchangeServed(try spareRequests(1)[0])
        try answer.require(201)
        try note(answer)
    }
}
