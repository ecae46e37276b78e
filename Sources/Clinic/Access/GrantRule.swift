import LMDBKit
import Schema

/// Who may give what to whom (INV-ACC-05): an owner everything, a manager everything but what an owner may do.
enum GrantRule {
    /// Whether the caller may give or take a role.
    static func permits(_ role: Role.Value, _ asked: Asked) -> Bool {
        // An import founds the therapists whom the sheets name, and nobody else.
        if asked.isImport { return role == .therapist }
        if asked.caller.roles.contains(.owner) { return true }
        return asked.caller.roles.contains(.practiceManager) && role != .owner
    }

    static func require(_ role: Role.Value, _ asked: Asked, field: String) throws(Refusal) {
        guard permits(role, asked) else {
            throw Refusal.rule(
                "INV-ACC-05", "Not yours to give", "Only an owner gives or takes the role of an owner."
            )
            .with { $0.field = field }
        }
    }

    /// Whether access for this member of staff may be offered by the caller, who could use it in their stead.
    static func requireNotBeyond(_ member: StaffState, _ asked: Asked, field: String) throws(Refusal) {
        guard member.roles.allSatisfy({ permits($0, asked) }) else {
            throw Refusal.rule(
                "INV-ACC-05", "Not yours to give",
                "This person may do more than you, so that only an owner can give them access."
            )
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
