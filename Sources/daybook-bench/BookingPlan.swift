import Foundation
import Glibc
import Timetable

/// Bookings that never conflict: each therapist's weeks in hours of their own room, no client in two places at once.
///
/// Everybody who is measured makes the same ones in the same order.
struct BookingPlan {
    struct Booking {
        let therapist: Int
        let client: Int
        let start: LocalDateTime
    }

    /// Therapists who share a location.
    static let locationTherapists = 20
    static let zoneID = "America/New_York"
    static let sessionMinutes = 50
    private static let daysPerWeek = 5
    private static let hours = 9..<17
    private static let slotsPerWeek = daysPerWeek * hours.count
    /// Within the 730 days that a practice books ahead, counted from a Monday at most 14 days away, with one week more
    /// for what is moved.
    private static let weeks = 100
    private static let seed: UInt64 = 0xDA7B_00C5

    let therapists: Int
    let clients: Int
    /// A Monday, a week ahead or more.
    let firstMonday: LocalDate
    private let zone: Zone
    private let order: [Int]

    init(_ scale: Scale) throws {
        guard let today = LocalDate(daysSinceEpoch: time(nil) / 86_400), let zone = Zone(Self.zoneID),
            let monday = LocalDate(daysSinceEpoch: today.weekStartDaysSinceEpoch + 14)
        else { throw BenchError.unexpected("the clock is beyond the calendar") }
        therapists = scale.therapists
        clients = scale.clients
        firstMonday = monday
        self.zone = zone
        let perWeek = scale.therapists * Self.slotsPerWeek
        // The first week in order, so that it is full; then in a random order, as calls come in.
        var random = SplitMix64(state: Self.seed)
        order = Array(0..<perWeek) + (perWeek..<Self.capacity(scale)).shuffled(using: &random)
    }

    static func capacity(_ scale: Scale) -> Int { scale.therapists * slotsPerWeek * weeks }

    /// A therapist's sessions in a full week.
    static var weekRows: Int { slotsPerWeek }

    var count: Int { order.count }
    var firstWeekCount: Int { therapists * Self.slotsPerWeek }

    /// The plan's booking of a number.
    func booking(_ number: Int) throws -> Booking {
        guard order.indices.contains(number) else {
            throw BenchError.unexpected("every hour is booked; ask for fewer runs or sizes")
        }
        let index = order[number]
        return Booking(
            therapist: index % therapists, client: index % clients, start: try start(slot: index / therapists))
    }

    /// When the hour of a number begins, counted over the working hours of all weeks.
    private func start(slot: Int) throws -> LocalDateTime {
        let day = slot / Self.hours.count
        guard let date = firstMonday.adding(days: day / Self.daysPerWeek * 7 + day % Self.daysPerWeek),
            let time = LocalTime(minutes: (Self.hours.lowerBound + slot % Self.hours.count) * 60),
            let start = LocalDateTime(date, time)
        else { throw BenchError.unexpected("beyond the calendar") }
        return start
    }

    /// Two hours of the week after the last, the one next to the other, for a booking to be moved between.
    func movingHours(_ index: Int) throws -> (LocalDateTime, LocalDateTime) {
        let first = Self.weeks * Self.slotsPerWeek + index * 2
        return (try start(slot: first), try start(slot: first + 1))
    }

    static var movingPerTherapist: Int { slotsPerWeek / 2 }

    /// Milliseconds UTC, the end excluded.
    func span(_ booking: Booking) -> (startMs: Int64, endMs: Int64) {
        let startMs = zone.resolve(booking.start).plannedMs
        return (startMs, startMs + Int64(Self.sessionMinutes) * 60_000)
    }

    /// What a diary has in the first week.
    func firstWeekRows(_ diary: DiaryKind, _ index: Int) throws -> [WeekRow] {
        try (0..<firstWeekCount).map(booking).compactMap { booking in
            let owner = diary == .therapist ? booking.therapist : booking.therapist / Self.locationTherapists
            guard owner == index else { return nil }
            let (startMs, endMs) = span(booking)
            return WeekRow(
                therapist: booking.therapist, client: booking.client, room: booking.therapist, startMs: startMs,
                endMs: endMs)
        }
    }

    /// Writes all of it as the programs of tools/lib/bench read it.
    func write(to path: String) throws {
        var text = ""
        for number in order.indices {
            let booking = try booking(number)
            let (startMs, endMs) = span(booking)
            text += "\(booking.therapist) \(booking.client) \(booking.therapist) \(startMs) \(endMs)\n"
        }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// The days of a week as an agenda is asked for, `to` excluded.
    func week(_ number: Int, days: Int = 7) throws -> (from: LocalDate, to: LocalDate) {
        guard let from = firstMonday.adding(days: number * 7), let to = from.adding(days: days) else {
            throw BenchError.unexpected("beyond the calendar")
        }
        return (from, to)
    }

    /// The first week as the practice's zone has it.
    var firstWeek: (startMs: Int64, endMs: Int64) {
        (zone.startOfDayMs(firstMonday), zone.startOfDayMs(firstMonday.adding(days: 7) ?? .max))
    }
}
