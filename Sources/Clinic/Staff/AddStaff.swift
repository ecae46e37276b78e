import LMDBKit
import Schema

extension AddStaff: Command {
    public static let permission = Permission.manageStaff

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var event = StaffAdded()
        event.name = try Fields.text(hasName ? name : nil, "name", maxLength: 100)
        event.email = try Fields.email(hasEmail ? email : nil, "email")
        try state.requireFreeSignIn(event.email)
        let id = asked.next
        let granted = try roles.map { role in
            try RoleRule.check(role, "roles", asked)
            var assigned = RoleAssigned()
            assigned.staff = id
            assigned.role = role
            return Draft(assigned, about: [Subject(.staff, id)])
        }
        guard Set(roles).count == roles.count else { throw Refusal.field("roles", "`roles` names a role twice.") }
        return [Draft(event, about: [Subject(.staff, id)])] + granted
    }
}

extension ClinicState {
    /// INV-STAFF-01: a sign-in address belongs to one member of staff.
    borrowing func requireFreeSignIn(_ email: String) throws {
        guard try !tables.staffEmails.contains(email.lowercased(), in: transaction) else {
            throw Refusal.rule(
                "INV-STAFF-01", "The address is taken", "Another member of staff signs in with this address.")
                .with { $0.field = "email" }
        }
    }
}
