import LMDBKit
import ProjectionKit
import Schema

extension ListTimeOff: Query {
    public static let permission = Permission.viewAvailability

    public var target: Target { Target(staff: hasStaff ? staff : nil) }

    /// Times off of one member of staff, or of all, by start and then by id.
    public func answer(
        from view: CalendarView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListTimeOffAnswer {
        if hasStaff { try view.requireStaff(staff, field: "staff", in: transaction) }
        var rows: [TimeOffRow] = []
        // No bytes of prefix are the prefix of every key.
        let prefix = hasStaff ? staff.keyBytes : []
        try view.timesOff.scan(prefix: prefix, in: transaction) { _, row in
            rows.append(row)
            return .next
        }
        var names = Names(view)
        for index in rows.indices {
            if let name = try names.staffName(rows[index].staff, in: transaction) { rows[index].staffName = name }
            if let end = WallClock.end(
                zone: rows[index].zone, start: rows[index].start, startAtMs: rows[index].startAt,
                endAtMs: rows[index].endAt)
            {
                rows[index].end = end
            }
        }
        var answer = ListTimeOffAnswer()
        answer.rows = rows.sorted { ($0.startAt, $0.id) < ($1.startAt, $1.id) }
        return answer
    }
}
