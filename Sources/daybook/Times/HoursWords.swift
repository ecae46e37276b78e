import Schema
import Timetable

/// Weekly hours as people type them: `mon 09:00-17:00`, `tue-thu 10:00-18:00`, `mon,wed,fri 8:00-12:00`.
enum HoursWords {
    /// - Throws: `UsageError`.
    static func blocks(_ text: String) throws -> [Schema.HoursBlock] {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { throw wrong(text) }
        let spans = try parts[1].split(separator: ",").map { try span($0.filter { $0 != " " }, in: text) }
        return try days(parts[0], in: text).flatMap { day in
            spans.map { span in
                var block = Schema.HoursBlock()
                block.weekday = UInt32(day)
                block.from = span.from
                block.to = span.to
                return block
            }
        }
    }

    private static func days(_ text: Substring, in whole: String) throws -> [Int] {
        try text.split(separator: ",").flatMap { part in
            let ends = part.split(separator: "-")
            guard let first = ends.first.flatMap(TimeWords.weekday), let last = ends.last.flatMap(TimeWords.weekday),
                ends.count <= 2, first <= last
            else { throw wrong(whole) }
            return Array(first...last)
        }
    }

    private static func span(_ text: String, in whole: String) throws -> (from: String, to: String) {
        let ends = text.split(separator: "-")
        guard ends.count == 2, let from = TimeWords.clock(ends[0]),
            let to = LocalTime(endIso: ends[1]) ?? TimeWords.clock(ends[1]), from < to
        else { throw wrong(whole) }
        return (from.description, to.description)
    }

    private static func wrong(_ text: String) -> UsageError {
        UsageError("“\(text)” are no hours. Write them as “mon 09:00-17:00” or “tue-thu 10:00-13:00,14:00-18:00”.")
    }
}
