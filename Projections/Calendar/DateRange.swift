import Schema
import Timetable

/// Local dates `from` (included) until `to` (excluded), never empty.
struct DateRange {
    let from: LocalDate
    let to: LocalDate

    /// Reads what a question says. Left out, `from` is today and `to` lies `days` after `from`.
    init(from: String?, to: String?, today: LocalDate, days: Int, daysMax: Int) throws(Refusal) {
        let first = try from.map { text throws(Refusal) in try Self.date(text, "from") } ?? today
        let last = try to.map { text throws(Refusal) in try Self.date(text, "to") } ?? first.adding(days: days)
        guard let last else {
            throw .field(
                "from", "The calendar ends on \(LocalDate.max), which cannot be asked for. Ask for earlier days.")
        }
        guard first < last else { throw .field("to", "`to` must be after `from`; it is excluded.") }
        guard first.days(until: last) <= daysMax else {
            throw .field("to", "At most \(daysMax) days can be asked for at once.")
        }
        self.from = first
        self.to = last
    }

    private static func date(_ text: String, _ field: String) throws(Refusal) -> LocalDate {
        guard let date = LocalDate(iso: text) else {
            throw .field(field, "`\(field)` must be a date that exists, like 2026-12-01.")
        }
        return date
    }
}
