/// A wall clock reading without a zone, to the minute, 0001-01-01T00:00 to 9999-12-31T23:59.
///
/// A `Zone` turns it into an instant; until then two of them an hour apart need not be an hour apart in time.
public struct LocalDateTime: Hashable, Comparable, Sendable {
    /// Minutes on the wall clock since 1970-01-01T00:00.
    public let wallMinutes: Int64

    static let firstMinute = Int64(CivilCalendar.firstDay) * CivilCalendar.minutesPerDay
    static let lastMinute = Int64(CivilCalendar.lastDay + 1) * CivilCalendar.minutesPerDay - 1

    /// Nil outside the years 1 to 9999.
    public init?(wallMinutes: Int64) {
        guard wallMinutes >= Self.firstMinute, wallMinutes <= Self.lastMinute else { return nil }
        self.wallMinutes = wallMinutes
    }

    init(clamping wallMinutes: Int64) {
        self.wallMinutes = Swift.min(Swift.max(wallMinutes, Self.firstMinute), Self.lastMinute)
    }

    /// 24:00 becomes 00:00 of the next day; nil only for 9999-12-31 at 24:00.
    public init?(_ date: LocalDate, _ time: LocalTime) {
        self.init(wallMinutes: date.wallMinutes(at: time))
    }

    /// Reads `YYYY-MM-DDTHH:MM`; seconds, zones and 24:00 are refused.
    public init?(iso text: some StringProtocol) {
        guard let fixed = FixedText(text, count: 16), fixed.has("T", at: 10), let date = LocalDate(fixed),
            let time = LocalTime(fixed, from: 11)
        else { return nil }
        self.init(date, time)
    }

    public var date: LocalDate {
        LocalDate(daysSinceEpoch: Int(floorDivide(wallMinutes, CivilCalendar.minutesPerDay))) ?? .max
    }

    public var time: LocalTime { LocalTime(minutes: minuteOfDay) ?? .midnight }

    /// 0 to 1439.
    public var minuteOfDay: Int { Int(floorModulo(wallMinutes, CivilCalendar.minutesPerDay)) }

    /// Moves the hands of the clock; nil when the result leaves the years 1 to 9999.
    public func adding(wallMinutes minutes: Int64) -> LocalDateTime? {
        let (sum, overflow) = wallMinutes.addingReportingOverflow(minutes)
        return overflow ? nil : LocalDateTime(wallMinutes: sum)
    }

    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool { left.wallMinutes < right.wallMinutes }
}

extension LocalDateTime: CustomStringConvertible {
    /// `YYYY-MM-DDTHH:MM`.
    public var description: String {
        FixedText.text(count: 16) { buffer in
            date.write(to: buffer)
            buffer.put("T", at: 10)
            time.write(to: buffer, from: 11)
        }
    }
}

extension LocalDate {
    /// Minutes on the wall clock since 1970-01-01T00:00; 24:00 reads as the next day's midnight.
    func wallMinutes(at time: LocalTime) -> Int64 {
        Int64(daysSinceEpoch) * CivilCalendar.minutesPerDay + Int64(time.minutes)
    }
}
