import Schema

extension LinkSocketUser: Command {
    public static let permission = Permission.linkSocketUsers

    public func target(in state: borrowing ClinicState) throws -> Target { Target(staff: hasStaff ? staff : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let uid = try Fields.required(hasUid ? uid : nil, "uid", "the Unix user's number, as `id -u` prints it")
        let id = try Fields.required(hasStaff ? staff : nil, "staff", "the id of the member of staff")
        let caller = try asked.requireStaff()
        try GrantRule.requireNotBeyond(try state.staff(id), asked, field: "staff")
        if let old = try state.link(ofUID: uid)?.link {
            guard old.staff != id else {
                throw Refusal.unchanged(
                    old.awaitsHolder
                        ? "This link was offered already; its holder completes it." : "They are linked already.")
            }
            // Whoever is linked so far would be locked out.
            try GrantRule.requireNotBeyond(try state.staff(old.staff), asked, field: "uid")
        }
        var event = SocketUserLinked()
        event.uid = uid
        event.staff = id
        event.awaitsHolder = id != caller && !practice.simulated
        return [Draft(event, about: [Subject(.staff, id), Subject(.link, asked.next)])]
    }
}
