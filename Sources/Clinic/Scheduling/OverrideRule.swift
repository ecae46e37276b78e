import Schema
import Timetable

/// Who may book in spite of a conflict (INV-SCHED-19).
enum OverrideRule {
    /// Throws unless every conflict was accepted by somebody who may, with a reason.
    static func check(_ conflicts: [Conflict], wish: Wish, asked: Asked, mayOverlapClient: Bool) throws(Refusal) {
        guard let first = conflicts.first(where: { !accepts($0.kind, wish) }) ?? firstForbidden(conflicts, wish, asked)
        else {
            if let never = conflicts.first(where: { $0.kind == .clientOverlap && !mayOverlapClient }) {
                throw ConflictRefusal.refusal(never, among: conflicts, wish: wish)
            }
            if !conflicts.isEmpty, wish.reason == nil {
                throw Refusal.rule(
                    "INV-SCHED-19", "An override needs a reason", "Say why in `overrideReason`.")
                    .with { $0.field = "overrideReason" }
            }
            return
        }
        if accepts(first.kind, wish) {
            throw Refusal.rule(
                "INV-SCHED-19", "Not yours to override",
                first.kind.isOverridable
                    ? "Your roles do not permit you to override this kind of conflict."
                    : "This kind of conflict is never overridden.")
                .with {
                    $0.conflicts = conflicts.compactMap(\.appointment)
                    $0.classes = conflicts.map(\.kind.rawValue)
                }
        }
        throw ConflictRefusal.refusal(first, among: conflicts, wish: wish)
    }

    private static func accepts(_ kind: Conflict.Class, _ wish: Wish) -> Bool {
        kind.wire.map(wish.accepted.contains) ?? false
    }

    private static func firstForbidden(_ conflicts: [Conflict], _ wish: Wish, _ asked: Asked) -> Conflict? {
        conflicts.first { !mayOverride($0.kind, wish, asked) }
    }

    private static func mayOverride(_ kind: Conflict.Class, _ wish: Wish, _ asked: Asked) -> Bool {
        let roles = asked.caller.roles
        let manages = roles.contains(.owner) || roles.contains(.practiceManager)
        let isOwnCalendar = roles.contains(.therapist) && asked.caller.staff == wish.staff
        switch kind {
        case .therapistOverlap, .clientOverlap: return manages
        case .therapistGap, .travel, .cap, .unavailableHours, .unavailableTimeOff: return manages || isOwnCalendar
        case .roomOverlap, .capacity, .staffInactive, .roomClosed, .locationClosed, .clientDischarged,
            .licenceExpired:
            return false
        }
    }
}
