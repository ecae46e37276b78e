/// How many of each thing a run measures.
struct Scale {
    var commits: Int
    var batches: Int
    /// Records loaded at once and scanned.
    var records: Int
    var roundTrips: Int
    var questions: Int
    /// Bookings that take turns with raw commits.
    var compared: Int
    /// Bookings of one run, by how many connections send them.
    var bookings: [(connections: Int, count: Int)]
    let therapists = 50
    let clients = 400

    /// As many runs as find hours that are free, with a week for what is booked besides.
    var runsMax: Int { BookingPlan.capacity(self) / bookings.reduce(compared) { $0 + $1.count } - 1 }

    static let full = Scale(
        commits: 2_000, batches: 300, records: 1_000_000, roundTrips: 3_000, questions: 1_000, compared: 2_000,
        bookings: [(1, 2_000), (16, 6_000), (64, 12_000)])
    static let quick = Scale(
        commits: 500, batches: 100, records: 200_000, roundTrips: 1_000, questions: 300, compared: 500,
        bookings: [(1, 500), (16, 2_000), (64, 4_000)])
}
