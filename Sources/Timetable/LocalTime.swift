/// A wall clock time to the minute. 24:00 exists only as the end of something and is read only by `init(endIso:)`.
public struct LocalTime: Hashable, Comparable, Sendable {
    /// Minutes since 00:00, 0 to 1440.
    public let minutes: Int

    public static let midnight = LocalTime(uncheckedMinutes: 0)
    /// 24:00.
    public static let endOfDay = LocalTime(uncheckedMinutes: 1_440)

    private init(uncheckedMinutes: Int) { minutes = uncheckedMinutes }

    /// Nil outside 0 to 1440.
    public init?(minutes: Int) {
        guard (0...1_440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// Nil unless 00:00 to 23:59.
    public init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        minutes = hour * 60 + minute
    }

    /// Reads `HH:MM`, 00:00 to 23:59.
    public init?(iso text: some StringProtocol) {
        guard let fixed = FixedText(text, count: 5) else { return nil }
        self.init(fixed, from: 0)
    }

    /// Reads the five characters from `offset` on.
    init?(_ fixed: FixedText, from offset: Int) {
        guard fixed.has(":", at: offset + 2), let hour = fixed.number(offset..<offset + 2),
            let minute = fixed.number(offset + 3..<offset + 5)
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// Reads `HH:MM` where an end is meant: 24:00 is allowed too.
    public init?(endIso text: some StringProtocol) {
        if text == "24:00" {
            self = .endOfDay
        } else {
            self.init(iso: text)
        }
    }

    public static func < (left: LocalTime, right: LocalTime) -> Bool { left.minutes < right.minutes }
}

extension LocalTime: CustomStringConvertible {
    /// `HH:MM`.
    public var description: String { FixedText.text(count: 5) { write(to: $0, from: 0) } }

    /// As the five characters from `offset` on.
    func write(to buffer: UnsafeMutableBufferPointer<UInt8>, from offset: Int) {
        buffer.put(minutes / 60, at: offset..<offset + 2)
        buffer.put(":", at: offset + 2)
        buffer.put(minutes % 60, at: offset + 3..<offset + 5)
    }
}
