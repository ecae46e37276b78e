import LMDBKit
import ProjectionKit
import Schema

extension ListStaff: Query {
    public static let permission = Permission.viewDirectory

    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListStaffAnswer {
        let filter = try TextFilter(name, field: "name")
        var answer = ListStaffAnswer()
        try view.staff.scanAll(in: transaction) { _, row in
            if filter.matches(row.name, row.email) { answer.rows.append(row.inForce(atMs: question.nowMs)) }
            return .next
        }
        return answer
    }
}

extension StaffRow {
    /// Without the roles that are over by then.
    fileprivate func inForce(atMs instantMs: Int64) -> StaffRow {
        let over = roleEnds.filter { $0.untilAt <= instantMs }.map(\.role)
        guard !over.isEmpty else { return self }
        var row = self
        row.roles.removeAll(where: over.contains)
        row.roleEnds.removeAll { over.contains($0.role) }
        return row
    }
}

extension WhoAmI: Query {
    public static let permission = Permission.viewSelf

    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> WhoAmIAnswer {
        guard let member = try view.staff.get(question.caller, in: transaction) else {
            throw Refusal.missing("member of staff", question.caller, field: "caller")
        }
        var answer = WhoAmIAnswer()
        answer.staff = question.caller
        answer.name = member.name
        answer.roles = member.inForce(atMs: question.nowMs).roles
        if let practice = try view.practice.get(0, in: transaction) {
            answer.practice = practice.name
            answer.zone = practice.zone
            answer.onlineZone = practice.onlineZone
            answer.simulated = practice.simulated
            answer.currency = practice.currency
        }
        answer.awaitsCompletion = false
        try view.access.scanAll(in: transaction) { _, row in
            guard row.staff == question.caller, row.isOpenOffer(atMs: question.nowMs) else { return .next }
            answer.awaitsCompletion = true
            return .stop
        }
        return answer
    }
}

extension AccessRow {
    /// Offered to somebody who may still take it up.
    fileprivate func isOpenOffer(atMs nowMs: Int64) -> Bool {
        awaitsHolder && !revoked && (!hasExpiresAt || nowMs < expiresAt)
    }
}

extension ListAccess: Query {
    public static let permission = Permission.viewAccess

    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListAccessAnswer {
        let seesAll = question.permits(.viewAccessOfAll, Target())
        var answer = ListAccessAnswer()
        try view.access.scanAll(in: transaction) { _, row in
            if seesAll || row.staff == question.caller { answer.rows.append(row) }
            return .next
        }
        for index in answer.rows.indices {
            if let name = try view.staffName(answer.rows[index].staff, in: transaction) {
                answer.rows[index].staffName = name
            }
        }
        return answer
    }
}
