import Schema

extension AssignRole: Command {
    public static let permission = Permission.assignRoles

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of a member of staff")
        let role = try Fields.required(hasRole ? self.role : nil, "role", "a role, as therapist")
        try RoleRule.check(role, "role", asked)
        guard try !state.staff(id).roles.contains(role) else { throw Refusal.unchanged("They have this role already.") }
        var event = RoleAssigned()
        event.staff = id
        event.role = role
        return [Draft(event, about: [Subject(.staff, id)])]
    }
}
