import Schema
import Timetable

/// When an appointment may start, and how long it may be.
struct StartRule {
    let wish: Wish
    let policy: PracticePolicy
    let asked: Asked

    /// INV-SCHED-01, the length.
    func checkLength() throws(Refusal) {
        let isOnGrid = wish.minutes % max(1, Int(policy.gridMinutes)) == 0
        guard wish.minutes > 0, wish.minutes <= Int(policy.sessionMaxMinutes),
            isOnGrid || wish.keepsMinutes || asked.isImport
        else {
            throw Refusal.rule(
                "INV-SCHED-01", "The length does not fit",
                "A session is \(policy.gridMinutes) to \(policy.sessionMaxMinutes) minutes long, in steps of "
                    + "\(policy.gridMinutes)."
            ).with { $0.field = "minutes" }
        }
    }

    /// INV-SCHED-09: the starts that may be booked, in ms UTC: those to come, or those of late when a session is entered
    /// afterwards. An import takes any.
    var bookableMs: ClosedRange<Int64> {
        if asked.isImport { return Zone.instantsMs }
        if wish.isRetrospective { return asked.nowMs - Int64(policy.lookBackDays) * 86_400_000...asked.nowMs }
        let latestMs = wish.keepsStart ? Zone.instantsMs.upperBound : asked.nowMs + PracticePolicy.aheadMaxMs
        return asked.nowMs + 1...max(asked.nowMs + 1, latestMs)
    }

    /// INV-SCHED-01 and INV-SCHED-09: on the grid, and in the future unless entered afterwards with a reason.
    func check(_ time: PlannedTime) throws(Refusal) {
        guard !asked.isImport else { return }
        guard wish.keepsStart || wish.start.minuteOfDay % max(1, Int(policy.gridMinutes)) == 0 else {
            throw Refusal.rule(
                "INV-SCHED-01", "Not on the grid", "Appointments start every \(policy.gridMinutes) minutes."
            )
            .with { $0.field = "start" }
        }
        if wish.isRetrospective { try checkMayEnterAfterwards() }
        guard !bookableMs.contains(time.startAt) else { return }
        let isEarly = time.startAt < bookableMs.lowerBound
        let (title, detail) = wish.isRetrospective ? retrospectiveWords(isEarly) : words(isEarly)
        throw Refusal.rule("INV-SCHED-09", title, detail).with { $0.field = "start" }
    }

    private var mayEnterAfterwards: Bool {
        !asked.caller.roles.filter { [.therapist, .practiceManager, .owner].contains($0) }.isEmpty
    }

    private func checkMayEnterAfterwards() throws(Refusal) {
        guard mayEnterAfterwards else {
            throw Refusal.rule(
                "INV-SCHED-09", "Not yours to enter afterwards",
                "A therapist, the practice manager or an owner may enter a session afterwards.")
        }
    }

    private func words(_ isEarly: Bool) -> (title: String, detail: String) {
        guard isEarly else {
            return ("Too far ahead", "Appointments are booked at most ten years ahead.")
        }
        if wish.moving != nil { return ("In the past", "The start has passed. Choose one that is still to come.") }
        guard mayEnterAfterwards else {
            return ("In the past", "The start has passed. Its therapist or a manager can enter a session afterwards.")
        }
        return ("In the past", "The start has passed. To enter a session afterwards, say why in `retrospectiveReason`.")
    }

    private func retrospectiveWords(_ isEarly: Bool) -> (title: String, detail: String) {
        isEarly
            ? ("Too long ago", "A session is entered afterwards within \(policy.lookBackDays) days of its start.")
            : ("Still to come", "The start has not passed. Leave out `retrospectiveReason` to book it.")
    }
}
