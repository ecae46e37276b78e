import Schema

extension LinkSocketUser: Command {
    public static let permission = Permission.linkSocketUsers

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let uid = try Fields.required(hasUid ? self.uid : nil, "uid", "the Unix user's number")
        let staff = try Fields.required(hasStaff ? self.staff : nil, "staff", "the id of a member of staff")
        try EnrolmentRule.check(for: try state.staff(staff), asked)
        if let link = try state.link(ofUID: uid)?.link, link.staff == staff {
            throw Refusal.unchanged("This user is linked to them already.")
        }
        var event = SocketUserLinked()
        event.uid = uid
        event.staff = staff
        event.awaitsHolder = staff != asked.caller.staff && !practice.simulated
        return [Draft(event, about: [Subject(.link, asked.next), Subject(.staff, staff)])]
    }
}

/// Who may let somebody in: nobody for roles beyond their own (INV-ACC-05).
enum EnrolmentRule {
    static func check(for staff: StaffState, _ asked: Asked) throws(Refusal) {
        guard asked.caller.roles.contains(.owner) || !staff.roles.contains(.owner) else {
            throw Refusal.rule("INV-ACC-05", "Beyond your own roles", "Only an owner lets an owner in.")
        }
    }
}
