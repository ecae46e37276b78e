import Timetable

/// How a sheet writes times of day.
///
/// A cell that says AM or PM is read as it says. On a 12-hour clock all must: in such a sheet `3:00` alone could be
/// either.
public enum Clock: String, Sendable, Hashable, Codable {
    case hours24 = "24-hour"
    case hours12 = "12-hour"

    /// The declared clock; without one what the cells show.
    static func settle(declared: String?, cells: some Sequence<String>) throws(ImportRefusal) -> Clock {
        guard let declared else { return Clock(seenIn: cells) }
        guard let clock = Clock(rawValue: declared) else { throw .unknownClock(text: declared) }
        return clock
    }

    /// 12-hour when at least half of the times say AM or PM and none that does not has an hour of 13 or more: a lone
    /// `5pm` says nothing of the others.
    init(seenIn cells: some Sequence<String>) {
        var halves = 0
        var bare = 0
        var hasLateHour = false
        for cell in cells {
            if let half = Self.half(of: cell) {
                if half.isAlone, cell.first?.isNumber ?? false { halves += 1 }
            } else if let time = Self.parts(cell[...], minutesNeeded: true) {
                bare += 1
                if (13...23).contains(time.hour) { hasLateHour = true }
            }
        }
        self = halves > 0 && halves >= bare && !hasLateHour ? .hours12 : .hours24
    }

    /// `9:00`, `09:00` or `09:00:00`; on a 12-hour clock `9:00 AM`, `9:00pm`, `9 a.m.`
    func time(_ text: String) throws(BadReason) -> LocalTime {
        guard let half = Self.half(of: text) else {
            guard self == .hours24 else { throw .timeWithoutHalf }
            guard let (hour, minute) = Self.parts(text[...], minutesNeeded: true),
                let time = LocalTime(hour: hour, minute: minute)
            else { throw .noSuchTime }
            return time
        }
        guard half.isAlone, let (hour, minute) = Self.parts(half.rest, minutesNeeded: false), (1...12).contains(hour),
            let time = LocalTime(hour: hour % 12 + (half.isAfternoon ? 12 : 0), minute: minute)
        else { throw .noSuchTime }
        return time
    }

    /// `rest` is what stands before it; not `isAlone` when there are other words besides, as in `9:00 to 10:00 AM`.
    private static func half(of text: String) -> (rest: Substring, isAfternoon: Bool, isAlone: Bool)? {
        let rest = text.prefix { !$0.isLetter && !$0.isWhitespace }
        let end = text[rest.endIndex...].lowercased().filter { $0 != "." && !$0.isWhitespace }
        guard end.hasSuffix("am") || end.hasSuffix("pm") else { return nil }
        return (rest, end.hasSuffix("pm"), end.count == 2)
    }

    private static func parts(_ text: Substring, minutesNeeded: Bool) -> (hour: Int, minute: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 3, parts.count >= (minutesNeeded ? 2 : 1), (1...2).contains(parts[0].utf8.count),
            parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), parts.count < 3 || parts[2] == "00"
        else { return nil }
        return (hour, parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    }
}
