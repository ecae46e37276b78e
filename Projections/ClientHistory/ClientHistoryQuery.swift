import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension ClientHistory: Query {
    public static let permission = Permission.viewDemographics

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: ClientHistoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ClientHistoryAnswer {
        guard hasClient else { throw Refusal.field("client", "`client` is missing: the client's id.") }
        // Whoever is on file has the row of their registration, at the position that is their id.
        guard try view.rows.contains(Pair(client, client), in: transaction) else {
            throw Refusal.missing("client", client, field: "client")
        }
        var answer = try page(from: view, in: transaction)
        let zone = try view.zone.get(0, in: transaction)?.value
        for index in answer.rows.indices {
            var row = answer.rows[index].toldAsWallClock(practiceZone: zone)
            if row.hasActor, let name = try view.staffNames.get(row.actor, in: transaction) {
                row.actorName = name.value
            }
            answer.rows[index] = row
        }
        return answer
    }

    private func page(
        from view: ClientHistoryView, in transaction: borrowing ReadTransaction
    ) throws -> ClientHistoryAnswer {
        let limit = try checkedLimit()
        var answer = ClientHistoryAnswer()
        try view.rows.scan(from: Pair(client, after), in: transaction) { key, row in
            guard key.first == client else { return .stop }
            if hasAfter, key.second == after { return .next }
            guard answer.rows.count < limit else {
                answer.next = answer.rows.last?.position ?? after
                return .stop
            }
            answer.rows.append(row)
            return .next
        }
        return answer
    }

    private func checkedLimit() throws(Refusal) -> Int {
        guard hasLimit else { return 100 }
        guard (1...1_000).contains(limit) else { throw .field("limit", "`limit` must be from 1 to 1000.") }
        return Int(limit)
    }
}
