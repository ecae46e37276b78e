/// A calendar date without a zone, 0001-01-01 to 9999-12-31, proleptic Gregorian.
public struct LocalDate: Hashable, Comparable, Sendable {
    /// Whole days since 1970-01-01; negative before.
    public let daysSinceEpoch: Int

    public static let min = LocalDate(uncheckedDays: CivilCalendar.firstDay)
    public static let max = LocalDate(uncheckedDays: CivilCalendar.lastDay)

    private init(uncheckedDays: Int) { daysSinceEpoch = uncheckedDays }

    /// Nil outside the years 1 to 9999.
    public init?(daysSinceEpoch: Int) {
        guard daysSinceEpoch >= CivilCalendar.firstDay, daysSinceEpoch <= CivilCalendar.lastDay else { return nil }
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Nil for a date that does not exist, such as 29 February 2026.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilCalendar.daysInMonth(month, of: year)
        else { return nil }
        daysSinceEpoch = CivilCalendar.days(year: year, month: month, day: day)
    }

    /// Reads `YYYY-MM-DD` and no other form of ISO 8601.
    public init?(iso text: some StringProtocol) {
        guard let fixed = FixedText(text, count: 10) else { return nil }
        self.init(fixed)
    }

    /// Reads the first ten characters.
    init?(_ fixed: FixedText) {
        guard fixed.has("-", at: 4), fixed.has("-", at: 7), let year = fixed.number(0..<4),
            let month = fixed.number(5..<7), let day = fixed.number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var components: (year: Int, month: Int, day: Int) { CivilCalendar.civil(days: daysSinceEpoch) }
    public var year: Int { components.year }
    public var month: Int { components.month }
    public var day: Int { components.day }

    /// ISO 8601 day of the week: Monday is 1, Sunday is 7.
    public var weekday: Int { floorModulo(daysSinceEpoch + 3, 7) + 1 }

    /// The Monday on or before this date, as days since 1970-01-01; equal for all dates of one ISO week.
    public var weekStartDaysSinceEpoch: Int { daysSinceEpoch - (weekday - 1) }

    /// Nil when the result would leave the years 1 to 9999.
    public func adding(days: Int) -> LocalDate? {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        return overflow ? nil : LocalDate(daysSinceEpoch: sum)
    }

    /// Days from this date to `other`; negative when `other` is earlier.
    public func days(until other: LocalDate) -> Int { other.daysSinceEpoch - daysSinceEpoch }

    public static func < (left: LocalDate, right: LocalDate) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }
}

extension LocalDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String { FixedText.text(count: 10) { write(to: $0) } }

    /// As the first ten characters of `buffer`.
    func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        let (year, month, day) = components
        buffer.put(year, at: 0..<4)
        buffer.put("-", at: 4)
        buffer.put(month, at: 5..<7)
        buffer.put("-", at: 7)
        buffer.put(day, at: 8..<10)
    }
}
