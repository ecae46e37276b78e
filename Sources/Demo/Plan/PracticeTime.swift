import Timetable

/// The practice's own time.
struct PracticeTime: Sendable {
    static let zoneID = "America/New_York"
    let zone: Zone
    /// The Monday of week 0.
    let firstMonday: LocalDate
    /// Excluded: the demo ends as this day begins.
    let today: LocalDate

    init(today: LocalDate, weeksBefore: Int) {
        guard let zone = Zone(Self.zoneID), let first = today.adding(days: -7 * weeksBefore) else {
            preconditionFailure("the zone exists, and a demo's day is not in the year 1")
        }
        self.zone = zone
        self.today = today
        firstMonday = first.adding(days: 1 - first.weekday) ?? first
    }

    var endMs: Int64 { zone.startOfDayMs(today) }

    /// A date by week and day; weeks may be negative.
    func date(week: Int, weekday: Int = 1) -> LocalDate {
        firstMonday.adding(days: week * 7 + weekday - 1) ?? firstMonday
    }

    func week(of date: LocalDate) -> Int {
        let days = firstMonday.days(until: date)
        return days >= 0 ? days / 7 : (days - 6) / 7
    }

    /// The instant of a wall clock reading; of one that the clocks skip, the instant they skip to.
    func ms(_ date: LocalDate, minute: Int) -> Int64 {
        guard let time = LocalTime(minutes: minute), let local = LocalDateTime(date, time) else {
            preconditionFailure("minutes of a day")
        }
        return zone.resolve(local).plannedMs
    }

    func ms(_ local: LocalDateTime) -> Int64 { zone.resolve(local).plannedMs }
}
