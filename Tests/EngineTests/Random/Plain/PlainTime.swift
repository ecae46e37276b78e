import Foundation

/// Wall clocks once more, by the system's own zones and a calendar in a few lines.
enum PlainTime {
    static let dayMs: Int64 = 86_400_000

    /// Days since 1970-01-01; nil for what is no date.
    static func day(_ iso: some StringProtocol) -> Int? {
        let parts = iso.split(separator: "-").compactMap { Int($0) }
        guard iso.utf8.count == 10, parts.count == 3 else { return nil }
        // Years begin in March, so that the day that comes and goes is the last.
        let year: Int = parts[1] <= 2 ? parts[0] - 1 : parts[0]
        let month: Int = (parts[1] + 9) % 12
        let inYear: Int = (153 * month + 2) / 5 + parts[2] - 1
        let leaps: Int = year / 4 - year / 100 + year / 400
        return year * 365 + leaps + inYear - 719_468
    }

    /// As `2026-03-02`, for the years of this century.
    static func text(day: Int) -> String {
        var (year, rest) = (1_970, day)
        while rest >= daysIn(year) { (year, rest) = (year + 1, rest - daysIn(year)) }
        var month = 1
        for length in [31, daysIn(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
            guard rest >= length else { break }
            (month, rest) = (month + 1, rest - length)
        }
        return String(format: "%04d-%02d-%02d", year, month, rest + 1)
    }

    private static func daysIn(_ year: Int) -> Int {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365
    }

    /// Minutes since midnight of `09:30` or `24:00`.
    static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        return parts.count == 2 ? parts[0] * 60 + parts[1] : nil
    }

    static func text(minute: Int) -> String { String(format: "%02d:%02d", minute / 60, minute % 60) }

    /// 1 for Monday.
    static func weekday(_ day: Int) -> Int { (day + 3) % 7 + 1 }

    static func monday(_ day: Int) -> Int { day - weekday(day) + 1 }

    private static func offsetMs(_ ms: Int64, _ zone: TimeZone) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(ms) / 1_000))) * 1_000
    }

    /// The day and the minute that a clock shows.
    static func local(_ ms: Int64, _ zone: TimeZone) -> (day: Int, minute: Int) {
        let shown: Int64 = ms + offsetMs(ms, zone)
        let inDay: Int64 = (shown % dayMs + dayMs) % dayMs
        return (Int((shown - inDay) / dayMs), Int(inDay / 60_000))
    }

    /// `2026-03-02T09:30`, as a clock shows it.
    static func reading(_ ms: Int64, _ zone: TimeZone) -> String {
        let (day, minute) = local(ms, zone)
        return text(day: day) + "T" + text(minute: minute)
    }

    /// When a clock shows it first; one that it jumps over is moved on by the jump.
    static func ms(day: Int, minute: Int, _ zone: TimeZone) -> Int64 {
        let shown = Int64(day) * dayMs + Int64(minute) * 60_000
        let before = shown - offsetMs(shown - dayMs, zone)
        let after = shown - offsetMs(shown + dayMs, zone)
        return [before, after].filter { $0 + offsetMs($0, zone) == shown }.min() ?? before
    }

    /// As `ms(day:minute:_:)`, of `2026-03-02T09:30`; nil when it is no reading, or is jumped over.
    static func ms(_ iso: String, _ zone: TimeZone) -> Int64? {
        let parts = iso.split(separator: "T")
        guard parts.count == 2, let day = day(parts[0]), let minute = minute(parts[1]) else { return nil }
        let found = ms(day: day, minute: minute, zone)
        return local(found, zone) == (day, minute) ? found : nil
    }

    static func offsetSeconds(_ ms: Int64, _ zone: TimeZone) -> Int32 { Int32(offsetMs(ms, zone) / 1_000) }
}
