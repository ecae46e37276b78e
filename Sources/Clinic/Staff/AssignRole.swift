import Schema

extension AssignRole: Command {
    public static let permission = Permission.assignRoles

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of the member of staff")
        let role = try Fields.role(hasRole ? role : nil, "role")
        let member = try state.staff(id)
        try GrantRule.require(role, asked, field: "role")
        // An owner of a practice of one has nobody else to make them its therapist.
        guard id != asked.caller.staff || asked.caller.roles.contains(.owner) else {
            throw Refusal.rule("INV-ACC-05", "Not to oneself", "Nobody but an owner gives themselves a role. Ask one.")
                .with { $0.field = "staff" }
        }
        let untilMs = try RoleTerm.untilMs(hasUntil ? until : nil, of: role, state, asked)
        // Given again it may last longer, or end sooner.
        let former = member.ends.first { $0.role == role }?.untilAt
        guard !member.roles.contains(role) || untilMs != former else {
            throw Refusal.unchanged("They already have this role.")
        }
        var event = RoleAssigned()
        event.staff = id
        event.role = role
        if let untilMs { event.untilAt = untilMs }
        return [Draft(event, about: [Subject(.staff, id)])]
    }
}
