import Timetable

extension LocalDate {
    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    var weekdayShort: String { String(Self.weekdays[weekday - 1].prefix(3)) }
    var monthShort: String { String(Self.months[month - 1].prefix(3)) }

    /// `Tuesday, 1 December 2026`.
    var inWords: String { "\(Self.weekdays[weekday - 1]), \(day) \(Self.months[month - 1]) \(year)" }

    /// The Monday of its week.
    var monday: LocalDate { adding(days: 1 - weekday) ?? self }
}
