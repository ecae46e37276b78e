import Schema
import Timetable

/// The date of something that has happened already.
enum BillingDate {
    /// Ten years; beyond that a date is a slip of the hand.
    private static let backDaysMax = 3_653

    static func requirePast(_ date: LocalDate, _ path: String, today: LocalDate) throws(Refusal) {
        guard date <= today else {
            throw Refusal.rule("INV-SYS-13", "In the future", "`\(path)` is still to come.").with { $0.field = path }
        }
        guard date.days(until: today) <= backDaysMax else {
            throw Refusal.field(path, "`\(path)` is more than ten years back.")
        }
    }
}
