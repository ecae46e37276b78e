import LMDBKit
import Schema

extension AddStaff: Command {
    public static let permission = Permission.manageStaff

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var added = StaffAdded()
        added.name = try Fields.line(hasName ? name : nil, "name")
        // Old sheets name therapists and no addresses; without one nobody signs in.
        if !(asked.isImport && email.isEmpty) {
            added.email = try Fields.email(hasEmail ? email : nil, "email")
            try state.requireUnusedLogin(added.email)
        }
        let staff = asked.next
        let subjects = [Subject(.staff, staff)]
        return try [Draft(added, about: subjects)]
            + rolesAtOnce(asked).map { role in
                var assigned = RoleAssigned()
                assigned.staff = staff
                assigned.role = role
                return Draft(assigned, about: subjects)
            }
    }

    private func rolesAtOnce(_ asked: Asked) throws(Refusal) -> [Role.Value] {
        try Fields.requireDistinct(roles, "roles")
        for (index, role) in roles.enumerated() {
            let field = "roles[\(index)]"
            try GrantRule.require(try Fields.role(role, field), asked, field: field)
            guard role != .auditor else {
                throw Refusal.rule(
                    "INV-ACC-08", "An audit has an end",
                    "Give the role of an auditor by AssignRole, which says until when."
                )
                .with { $0.field = field }
            }
        }
        return roles
    }
}

extension ClinicState {
    /// INV-STAFF-01. Upper and lower case make no difference, as they make none to mail.
    fileprivate borrowing func requireUnusedLogin(_ email: String) throws {
        guard try !tables.staffEmails.contains(email.lowercased(), in: transaction) else {
            throw Refusal.rule(
                "INV-STAFF-01", "The address is taken", "Another member of staff signs in with this address."
            )
            .with { $0.field = "email" }
        }
    }
}
