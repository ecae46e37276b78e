import Timetable

extension LocalDate {
    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// - Parameter weekday: 1 for Monday to 7.
    static func weekdayShort(_ weekday: Int) -> String { String(weekdays[weekday - 1].prefix(3)) }

    var weekdayShort: String { Self.weekdayShort(weekday) }
    var monthShort: String { String(Self.months[month - 1].prefix(3)) }

    /// `Tuesday, 1 December 2026`.
    var inWords: String { "\(Self.weekdays[weekday - 1]), \(day) \(Self.months[month - 1]) \(year)" }

    /// The Monday of its week.
    var monday: LocalDate { adding(days: 1 - weekday) ?? self }
}
