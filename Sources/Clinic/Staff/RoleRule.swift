import Schema

/// Who may give and take which role: nobody beyond their own (INV-ACC-05).
enum RoleRule {
    static func check(_ role: Role.Value, _ path: String, _ asked: Asked) throws(Refusal) {
        guard role != .unspecified else { throw .field(path, "`\(path)` must name a role, as therapist.") }
        let isOwner = asked.caller.roles.contains(.owner)
        guard role != .owner || isOwner else {
            throw Refusal.rule(
                "INV-ACC-05", "Only an owner makes owners", "Ask an owner to give or take this role.")
                .with { $0.field = path }
        }
    }
}
