import LMDBKit
import Schema

/// Who may give what to whom (INV-ACC-05): an owner everything, a manager what goes not beyond a manager.
enum GrantRule {
    /// Roles that may do what a manager may not: an owner everything, an auditor read all that was done.
    private static let beyondManagers: Set<Role.Value> = [.owner, .auditor]

    /// Whether the caller may give or take a role.
    static func permits(_ role: Role.Value, _ asked: Asked) -> Bool {
        // An import founds the therapists whom the sheets name, and nobody else.
        if asked.isImport { return role == .therapist }
        if asked.caller.roles.contains(.owner) { return true }
        return asked.caller.roles.contains(.practiceManager) && !beyondManagers.contains(role)
    }

    static func require(_ role: Role.Value, _ asked: Asked, field: String) throws(Refusal) {
        guard permits(role, asked) else {
            throw Refusal.rule(
                "INV-ACC-05", "Not yours to give", "Only an owner gives or takes the role of an owner or an auditor."
            )
            .with { $0.field = field }
        }
    }

    /// Whether access for this member of staff may be given or taken by the caller, who could use it in their stead.
    static func requireNotBeyond(_ member: StaffState, _ asked: Asked, field: String) throws(Refusal) {
        guard member.roles(atMs: asked.nowMs).allSatisfy({ permits($0, asked) }) else {
            throw Refusal.rule(
                "INV-ACC-05", "Not yours to give",
                "This person may do more than you, so that only an owner gives or takes their access."
            )
            .with { $0.field = field }
        }
    }

    /// What everybody may do about themselves, an owner or a manager does about others, within the rule above.
    static func requireMayOffer(_ member: StaffState, _ asked: Asked, field: String) throws(Refusal) {
        try requireManager(asked, field: field)
        try requireNotBeyond(member, asked, field: field)
    }

    static func requireManager(_ asked: Asked, field: String) throws(Refusal) {
        let roles = asked.caller.roles
        guard roles.contains(.owner) || roles.contains(.practiceManager) else {
            throw Refusal.forbidden("Only an owner or the practice manager gives or takes the access of somebody else.")
                .with { $0.field = field }
        }
    }
}

extension Asked {
    /// The member of staff who acts; the daemon itself and others have no access to give or take.
    func requireStaff() throws(Refusal) -> UInt64 {
        guard caller.kind == .staff, caller.staff != 0 else { throw .forbidden("Only staff may do this.") }
        return caller.staff
    }
}
