import Schema

/// Who cares for a client, and in which role.
enum CareTeam {
    /// The rows after an assignment: of `primary` there is one, so an earlier one ends when the new one begins.
    static func rows(_ rows: [CareTeamRow], assigning event: CareTeamMemberAssigned) -> [CareTeamRow] {
        var rows = rows
        let role = word(event.role)
        if event.role == .primary {
            for index in rows.indices where rows[index].role == role {
                let endsAt = rows[index].hasUntilAt ? rows[index].untilAt : Int64.max
                rows[index].untilAt = min(endsAt, event.fromAt)
            }
        }
        var row = CareTeamRow()
        row.staff = event.staff
        row.role = role
        row.fromAt = event.fromAt
        if event.hasUntilAt { row.untilAt = event.untilAt }
        rows.append(row)
        return rows.filter { !$0.hasUntilAt || $0.fromAt < $0.untilAt }
    }

    private static func word(_ role: CareTeamRole.Value) -> String {
        switch role {
        case .unspecified: "unspecified"
        case .primary: "primary"
        case .secondary: "secondary"
        case .supervisor: "supervisor"
        case .trainee: "trainee"
        case .covering: "covering"
        case .UNRECOGNIZED(let number): String(number)
        }
    }
}
