import LMDBKit
import Schema

extension RevokeRole: Command {
    public static let permission = Permission.assignRoles

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of a member of staff")
        let role = try Fields.required(hasRole ? self.role : nil, "role", "a role, as therapist")
        try RoleRule.check(role, "role", asked)
        guard try state.staff(id).roles.contains(role) else { throw Refusal.unchanged("They do not have this role.") }
        if role == .owner, try state.owners().count < 2 {
            throw Refusal.rule(
                "INV-STAFF-05", "The last owner stays", "There must always be an owner. Make another one first.")
        }
        var event = RoleRevoked()
        event.staff = id
        event.role = role
        return [Draft(event, about: [Subject(.staff, id)])]
    }
}

extension ClinicState {
    /// Everybody who is an owner, by id.
    borrowing func owners() throws -> [UInt64] {
        var found: [UInt64] = []
        try tables.staff.scanAll(in: transaction) { id, staff in
            if staff.roles.contains(.owner) { found.append(id) }
            return .next
        }
        return found
    }
}
