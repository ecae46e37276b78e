import LMDBKit
import Schema

extension RevokeRole: Command {
    public static let permission = Permission.assignRoles

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of the member of staff")
        let role = try Fields.role(hasRole ? role : nil, "role")
        let member = try state.staff(id)
        try GrantRule.require(role, asked, field: "role")
        guard member.roles.contains(role) else { throw Refusal.unchanged("They do not have this role.") }
        if role == .owner { try state.requireAnotherOwner(than: id) }
        var event = RoleRevoked()
        event.staff = id
        event.role = role
        return [Draft(event, about: [Subject(.staff, id)])]
    }
}

extension ClinicState {
    /// INV-STAFF-05.
    fileprivate borrowing func requireAnotherOwner(than id: UInt64) throws {
        var isThere = false
        try tables.staff.scanAll(in: transaction) { other, member in
            isThere = other != id && member.roles.contains(.owner)
            return isThere ? .stop : .next
        }
        guard isThere else {
            throw Refusal.rule(
                "INV-STAFF-05", "The last owner", "A practice always has an owner. Make somebody else one first."
            )
            .with { $0.field = "staff" }
        }
    }
}
