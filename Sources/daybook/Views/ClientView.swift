import Schema

/// One client in full.
enum ClientView {
    static func lines(_ row: ClientRow, _ practice: Practice) -> [String] {
        let name = row.name.isEmpty ? "(name not shown to you)" : row.name
        let pairs: [(String, String)] = [
            ("Name", name), ("In full", [row.givenName.shown, row.familyName.shown].joined(separator: " ")),
            ("Born", row.dateOfBirth.shown + (row.minor ? " (a minor)" : "")), ("Pronouns", row.pronouns.shown),
            ("Email", row.email.shown), ("Phone", row.phone.shown), ("Address", row.address.shown),
            ("Remark", row.remark.shown), ("Jurisdiction", row.jurisdiction),
            ("Registered", practice.wallClock(row.registeredAt)), ("Id", "\(row.id)"),
        ]
        let team = row.careTeam.map { member in
            let until = member.hasUntilAt ? " to \(practice.wallClock(member.untilAt))" : ""
            return (
                "Care team", "\(member.staffName), \(member.role), from \(practice.wallClock(member.fromAt))\(until)"
            )
        }
        return ["\(row.number)"] + Pairs.lines(pairs + team)
    }
}

/// Names and values, one a line.
enum Pairs {
    static func lines(_ pairs: [(String, String)]) -> [String] {
        let shown = pairs.filter { !$0.1.trimmedStart.isEmpty }
        let width = shown.map { DisplayWidth.of($0.0) }.max() ?? 0
        return shown.map { "  \($0.0.filled(to: width))  \($0.1.printable)" }
    }
}
