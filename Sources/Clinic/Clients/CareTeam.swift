import Schema

/// Who cares for a client, and in which role.
enum CareTeam {
    /// The members after an assignment: of `primary` there is one, so an earlier one ends when the new one begins.
    static func members(_ members: [CareTeamMember], assigning event: CareTeamMemberAssigned) -> [CareTeamMember] {
        var members = members
        if event.role == .primary {
            for index in members.indices where members[index].role == .primary {
                let ends = members[index].hasUntilAt ? members[index].untilAt : Int64.max
                members[index].untilAt = min(ends, event.fromAt)
            }
        }
        var member = CareTeamMember()
        member.staff = event.staff
        member.role = event.role
        member.fromAt = event.fromAt
        if event.hasUntilAt { member.untilAt = event.untilAt }
        members.append(member)
        return members.filter { !$0.hasUntilAt || $0.fromAt < $0.untilAt }
    }
}
