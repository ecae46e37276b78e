import Schema
import Timetable

/// Who may book in spite of which conflict (INV-SCHED-19).
struct OverrideRule {
    let wish: Wish
    let caller: Caller
    let words: ConflictWords

    /// Throws unless every conflict was accepted, by somebody who may, with a reason.
    func check(_ conflicts: [Conflict]) throws(Refusal) {
        for conflict in conflicts {
            let isAccepted = conflict.kind.wire.map(wish.accepted.contains) ?? false
            guard isAccepted, isEverOverridden(conflict) else {
                throw words.refusal(conflict, among: conflicts, isNever: isAccepted)
            }
            guard mayOverride(conflict.kind) else {
                throw Refusal.rule(
                    "INV-SCHED-19", "Not yours to override",
                    "Your roles do not permit you to override this kind of conflict."
                )
                .with { words.state(conflicts, in: &$0) }
            }
        }
        guard conflicts.isEmpty || wish.reason != nil else {
            throw Refusal.rule("INV-SCHED-19", "An override needs a reason", "Say why in `overrideReason`.")
                .with {
                    words.state(conflicts, in: &$0)
                    $0.field = "overrideReason"
                }
        }
    }

    /// A client is in two places only for what is supportive, as a case conference that they do not attend.
    private func isEverOverridden(_ conflict: Conflict) -> Bool {
        guard conflict.kind == .clientOverlap else { return conflict.kind.isOverridable }
        return words.other(of: conflict).map { ClientRule.mayOverlap(words.wanted, $0) } ?? false
    }

    private func mayOverride(_ kind: Conflict.Class) -> Bool {
        let manages = caller.roles.contains(.owner) || caller.roles.contains(.practiceManager)
        let isClinician = caller.roles.contains(.therapist) || caller.roles.contains(.supervisor)
        let isOwnCalendar = isClinician && caller.staff == wish.staff
        switch kind {
        case .therapistOverlap, .clientOverlap: return manages
        case .therapistGap, .travel, .cap, .unavailableHours, .unavailableTimeOff: return manages || isOwnCalendar
        case .roomOverlap, .capacity, .staffInactive, .roomClosed, .locationClosed, .clientDischarged,
            .licenceExpired:
            return false
        }
    }
}
