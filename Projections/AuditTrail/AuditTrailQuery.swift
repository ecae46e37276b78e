import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension AuditTrail: Query {
    public static let permission = Permission.viewAudit

    public var target: Target { Target(staff: hasActor ? actor : nil) }

    public func answer(
        from view: AuditTrailView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> AuditTrailAnswer {
        let limit = try checkedLimit()
        var period = try AuditPeriod(
            from: hasFrom ? from : nil, to: hasTo ? to : nil, of: view, in: transaction)
        if hasAfter {
            if newest { period.finish(before: after) } else { period.begin(after: after) }
        }
        var answer = AuditTrailAnswer()
        guard !period.isEmpty else { return answer }
        // Managers read access reports, and nothing else of what others did.
        let isReport = !question.permits(.viewActions, target)
        try forEachPosition(period, isReport: isReport, of: view, in: transaction) { position in
            guard try isAskedFor(position, isReport: isReport, view, in: transaction) else { return .next }
            guard answer.rows.count < limit else {
                answer.next = answer.rows.last?.position ?? position
                return .stop
            }
            if let row = try view.entries.get(position, in: transaction) { answer.rows.append(row) }
            return .next
        }
        for index in answer.rows.indices where answer.rows[index].hasActor {
            if let name = try view.staffNames.get(answer.rows[index].actor, in: transaction) {
                answer.rows[index].actorName = name.value
            }
        }
        return answer
    }

    /// Positions in the order asked for, off the index that is narrowest as a rule.
    private func forEachPosition(
        _ period: AuditPeriod, isReport: Bool, of view: AuditTrailView, in transaction: borrowing ReadTransaction,
        _ body: (UInt64) throws -> RawTable.Step
    ) throws {
        guard hasSubject || hasActor else {
            guard isReport else { return try scan(view.entries, period, in: transaction, body) }
            return try scan(view.accessReports, period, in: transaction, body)
        }
        let index = hasSubject ? view.bySubject : view.byActor
        let id = hasSubject ? subject : actor
        func step(_ key: AuditTrailView.IndexKey, _: Google_Protobuf_Empty) throws -> RawTable.Step {
            guard key.first == id, key.second >= period.first, key.second < period.end else { return .stop }
            return try body(key.second)
        }
        if newest { return try index.scanBackwards(before: Pair(id, period.end), in: transaction, step) }
        try index.scan(from: Pair(id, period.first), in: transaction, step)
    }

    private func scan<Row>(
        _ table: Table<UInt64, Row>, _ period: AuditPeriod, in transaction: borrowing ReadTransaction,
        _ body: (UInt64) throws -> RawTable.Step
    ) throws {
        func step(_ position: UInt64, _: Row) throws -> RawTable.Step {
            guard position >= period.first, position < period.end else { return .stop }
            return try body(position)
        }
        if newest { return try table.scanBackwards(before: period.end, in: transaction, step) }
        try table.scan(from: period.first, in: transaction, step)
    }

    /// With both a subject and an actor the subject's index is walked, and the actor is asked about here.
    private func isAskedFor(
        _ position: UInt64, isReport: Bool, _ view: AuditTrailView, in transaction: borrowing ReadTransaction
    ) throws -> Bool {
        if isReport, try !view.accessReports.contains(position, in: transaction) { return false }
        guard hasSubject, hasActor else { return true }
        return try view.byActor.contains(Pair(actor, position), in: transaction)
    }

    private func checkedLimit() throws(Refusal) -> Int {
        guard hasLimit else { return 100 }
        guard (1...1_000).contains(limit) else { throw .field("limit", "`limit` must be from 1 to 1000.") }
        return Int(limit)
    }
}
