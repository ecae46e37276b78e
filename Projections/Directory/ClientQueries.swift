import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension ListClients: Query {
    public static let permission = Permission.viewClients

    /// More than any number has; what is longer is no number.
    private static let numberMaxBytes = 64

    /// The clients whom the caller may know; of the others not even that they are there.
    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListClientsAnswer {
        guard after.utf8.count <= Self.numberMaxBytes else {
            throw Refusal.field("after", "`after` must be a client's number, like C-000041.")
        }
        let limit = try checkedLimit()
        let filter = try TextFilter(number, field: "number")
        let start = DirectoryView.numberKey(after)
        var answer = ListClientsAnswer()
        try view.numbers.scan(from: start, in: transaction) { key, client in
            guard !hasAfter || key != start, filter.matches(key.second), question.sees(client: client.value) else {
                return .next
            }
            guard answer.rows.count < limit else {
                answer.next = answer.rows.last?.number ?? ""
                return .stop
            }
            if let row = try view.clientRow(client.value, in: transaction) { answer.rows.append(row) }
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

extension ShowClient: Query {
    public static let permission = Permission.viewDemographics

    public var target: Target { Target(client: hasClient ? client : nil) }

    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ShowClientAnswer {
        guard hasClient else { throw Refusal.field("client", "`client` is missing: the client's id.") }
        guard let row = try view.clientRow(client, in: transaction) else {
            throw Refusal.missing("client", client, field: "client")
        }
        var answer = ShowClientAnswer()
        answer.row = row
        return answer
    }
}
