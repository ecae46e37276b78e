import Schema
import Timetable

/// When an appointment may start, and how long it may be.
enum StartRule {
    /// INV-SCHED-01, the length.
    static func checkLength(_ minutes: Int, _ policy: PracticePolicy, _ asked: Asked) throws(Refusal) {
        guard minutes > 0, minutes <= Int(policy.sessionMaxMinutes),
            asked.isImport || minutes % Int(policy.gridMinutes) == 0
        else {
            throw Refusal.rule(
                "INV-SCHED-01", "The length does not fit",
                "A session is \(policy.gridMinutes) to \(policy.sessionMaxMinutes) minutes long, in steps of "
                    + "\(policy.gridMinutes).").with { $0.field = "minutes" }
        }
    }

    /// INV-SCHED-01 and INV-SCHED-09: on the grid, and in the future unless entered afterwards with a reason.
    static func check(
        _ time: PlannedTime, _ wish: Wish, _ policy: PracticePolicy, _ asked: Asked
    ) throws(Refusal) {
        guard !asked.isImport else { return }
        guard wish.start.minuteOfDay % Int(policy.gridMinutes) == 0 else {
            throw Refusal.rule(
                "INV-SCHED-01", "Not on the grid", "Appointments start every \(policy.gridMinutes) minutes.")
                .with { $0.field = "start" }
        }
        guard time.startAt <= asked.nowMs + Int64(policy.horizonDays) * 86_400_000 else {
            throw Refusal.rule(
                "INV-SCHED-09", "Too far ahead",
                "Appointments are booked at most \(policy.horizonDays) days ahead.").with { $0.field = "start" }
        }
        if wish.isRetrospective { return try checkRetrospective(time, policy, asked) }
        guard time.startAt > asked.nowMs else {
            throw Refusal.rule(
                "INV-SCHED-09", "In the past",
                "The start has passed. To enter a session afterwards, say why in `retrospectiveReason`.")
                .with { $0.field = "start" }
        }
    }

    private static func checkRetrospective(
        _ time: PlannedTime, _ policy: PracticePolicy, _ asked: Asked
    ) throws(Refusal) {
        let roles = asked.caller.roles
        guard roles.contains(.therapist) || roles.contains(.practiceManager) || roles.contains(.owner) else {
            throw Refusal.rule(
                "INV-SCHED-09", "Not yours to enter afterwards",
                "A therapist, the practice manager or an owner may enter a session afterwards.")
        }
        guard time.startAt <= asked.nowMs, time.startAt >= asked.nowMs - Int64(policy.lookBackDays) * 86_400_000
        else {
            throw Refusal.rule(
                "INV-SCHED-09", "Too long ago",
                "A session is entered afterwards within \(policy.lookBackDays) days of its start.")
                .with { $0.field = "start" }
        }
    }
}
