import Glibc
import Timetable

/// Bookings that never conflict: each therapist's weeks in hours of their own room, no client in two places at once.
struct BookingPlan {
    struct Booking {
        let therapist: Int
        let client: Int
        let start: String
    }

    private static let daysPerWeek = 5
    private static let hours = 9..<17
    private static let slotsPerWeek = daysPerWeek * hours.count
    /// Within the 730 days that a practice books ahead, counted from a Monday at most 14 days away.
    private static let weeks = 100
    private static let seed: UInt64 = 0xDA7B_00C5

    let therapists: Int
    let clients: Int
    /// A Monday, a week ahead or more.
    let firstMonday: LocalDate
    private var order: [Int]
    private var next = 0

    init(_ scale: Scale) throws {
        guard let today = LocalDate(daysSinceEpoch: time(nil) / 86_400),
            let monday = LocalDate(daysSinceEpoch: today.weekStartDaysSinceEpoch + 14)
        else { throw BenchError.unexpected("the clock is beyond the calendar") }
        therapists = scale.therapists
        clients = scale.clients
        firstMonday = monday
        let perWeek = scale.therapists * Self.slotsPerWeek
        // The first week in order, so that it is full; then in a random order, as calls come in.
        var random = SplitMix64(state: Self.seed)
        order = Array(0..<perWeek) + (perWeek..<Self.capacity(scale)).shuffled(using: &random)
    }

    static func capacity(_ scale: Scale) -> Int { scale.therapists * slotsPerWeek * weeks }

    /// A therapist's sessions in a full week.
    static var weekRows: Int { slotsPerWeek }

    var firstWeekCount: Int { therapists * Self.slotsPerWeek }

    mutating func take() throws -> Booking {
        guard next < order.count else { throw BenchError.unexpected("every hour is booked; ask for fewer runs") }
        let index = order[next]
        next += 1
        let slot = index / therapists
        let hour = Self.hours.lowerBound + slot % Self.hours.count
        let day = slot / Self.hours.count
        let days = day / Self.daysPerWeek * 7 + day % Self.daysPerWeek
        guard let date = firstMonday.adding(days: days) else { throw BenchError.unexpected("beyond the calendar") }
        return Booking(
            therapist: index % therapists, client: index % clients,
            start: "\(date)T\(hour < 10 ? "0" : "")\(hour):00")
    }
}

/// Steele, Lea and Flood 2014: small, seeded, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
