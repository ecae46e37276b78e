import Schema
import Timetable

/// Until when a role is held.
enum RoleTerm {
    /// The longest that an audit is planned for, milliseconds: a year.
    private static let auditMaxMs: Int64 = 366 * 86_400_000

    /// Milliseconds UTC, excluded; nil for a role without an end. An auditor's has one (INV-ACC-08), an owner's has none,
    /// so that there always is one (INV-STAFF-05).
    static func untilMs(
        _ until: String?, of role: Role.Value, _ state: borrowing ClinicState, _ asked: Asked
    ) throws -> Int64? {
        guard let until else {
            guard role != .auditor else { throw auditNeedsEnd("Say in `until` on which day the audit is over.") }
            return nil
        }
        guard role != .owner else { throw Refusal.field("until", "The role of an owner has no `until`. Take it away.") }
        let untilMs = try state.practiceZone().startOfDayMs(try Fields.date(until, "until"))
        guard untilMs > asked.nowMs else {
            throw Refusal.field("until", "`until` must be a day that is still to come.")
        }
        guard role != .auditor || untilMs - asked.nowMs <= auditMaxMs else {
            throw auditNeedsEnd("`until` must be within a year. Give the role again when the audit takes longer.")
        }
        return untilMs
    }

    private static func auditNeedsEnd(_ detail: String) -> Refusal {
        .rule("INV-ACC-08", "An audit has an end", detail).with { $0.field = "until" }
    }
}
