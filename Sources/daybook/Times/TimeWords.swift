import Timetable

/// Dates and times as people type them.
struct TimeWords: Sendable {
    /// The date at the practice.
    var today: LocalDate

    /// What a date without a time means where a time is wanted.
    enum DateAlone {
        case refused, midnight
    }

    private static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// 1 for Monday to 7, from the name or its first letters, three at least.
    static func weekday(_ text: some StringProtocol) -> Int? {
        let word = text.lowercased()
        guard word.count >= 3 else { return nil }
        return weekdays.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
    }

    /// `2026-12-01`, `today`, `tomorrow`, `yesterday`, `+3`, or a weekday: the next one, today included.
    ///
    /// - Throws: `UsageError`.
    func date(_ text: some StringProtocol) throws -> LocalDate {
        if let date = LocalDate(iso: text) { return date }
        let word = text.lowercased()
        let days: Int? =
            switch word {
            case "today": 0
            case "tomorrow": 1
            case "yesterday": -1
            default: Self.weekday(word).map { ($0 - today.weekday + 7) % 7 } ?? Self.distance(word)
            }
        guard let days, let date = today.adding(days: days) else {
            throw UsageError(
                "“\(text)” is no date. Write it as 2026-12-01, today, tomorrow, a weekday, or +3 for in three days.")
        }
        return date
    }

    /// `2026-12-01T14:00`, `2026-12-01 14:00`, `tomorrow 14:00`, `friday 9:00`, or `14:00`, which is today's.
    ///
    /// - Throws: `UsageError`.
    func time(_ text: String, dateAlone: DateAlone = .refused) throws -> LocalDateTime {
        if let time = LocalDateTime(iso: text) { return time }
        let parts = text.split(separator: " ")
        switch parts.count {
        case 1:
            if let clock = Self.clock(parts[0]), let time = LocalDateTime(today, clock) { return time }
            guard dateAlone == .midnight, let time = LocalDateTime(try date(parts[0]), .midnight) else { break }
            return time
        case 2:
            guard let clock = Self.clock(parts[1]), let time = LocalDateTime(try date(parts[0]), clock) else { break }
            return time
        default: break
        }
        throw UsageError(
            "“\(text)” is no time. Write it as 2026-12-01T14:00, “tomorrow 14:00”, “friday 9:00”, or 14:00 for today.")
    }

    /// `14:00` or `9:00`.
    static func clock(_ text: some StringProtocol) -> LocalTime? {
        LocalTime(iso: text) ?? LocalTime(iso: "0" + text)
    }

    private static func distance(_ word: String) -> Int? {
        guard word.first == "+" || word.first == "-", let days = Int(word), abs(days) <= 3_660 else { return nil }
        return days
    }
}
