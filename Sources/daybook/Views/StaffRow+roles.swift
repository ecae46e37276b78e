import Schema
import Timetable

extension StaffRow {
    /// Their roles, those that end by themselves with the day.
    func rolesInWords(_ practice: Practice) -> String {
        let words = roles.map { role in
            guard let end = roleEnds.first(where: { $0.role == role }) else { return role.word }
            return "\(role.word) until \(practice.zone.local(ofMs: end.untilAt)?.date.description ?? "—")"
        }
        return words.joined(separator: ", ")
    }
}
