import LMDBKit
import ProjectionKit
import Schema
import Timetable

/// What every answer needs: names, amounts and dates.
extension BalancesView {
    func requirePractice(in transaction: borrowing ReadTransaction) throws -> PracticeInitialised {
        guard let found = try practice.get(0, in: transaction) else {
            throw Refusal(
                .problem("no-practice"), status: 409, title: "There is no practice yet",
                detail: "Begin one first: daybook init")
        }
        return found
    }

    func requireClient(_ id: UInt64, in transaction: borrowing ReadTransaction) throws {
        guard try clients.contains(id, in: transaction) else { throw Refusal.missing("client", id, field: "client") }
    }

    func currency(in transaction: borrowing ReadTransaction) throws -> String {
        try requirePractice(in: transaction).currency
    }

    /// The date at the practice at an instant.
    func date(
        _ instantMs: Int64, _ practice: PracticeInitialised
    ) throws(Refusal) -> LocalDate {
        guard let date = Zone(practice.zone)?.local(ofMs: instantMs)?.date else {
            throw Refusal(
                .problem("unknown-zone"), status: 500, title: "Unknown time zone",
                detail: "This program's time zone data has no zone \(practice.zone).")
        }
        return date
    }

    /// Who it is, as far as the caller may know.
    func accountRow(
        _ key: AccountKey, _ question: Question, in transaction: borrowing ReadTransaction
    ) throws -> AccountRow {
        var row = AccountRow()
        row.client = key.first
        if question.sees(client: key.first), let client = try clients.get(key.first, in: transaction) {
            row.clientNumber = client.number
            if client.hasGivenName { row.clientGivenName = Private(client.givenName) }
            if client.hasFamilyName { row.clientFamilyName = Private(client.familyName) }
        }
        guard key.second != 0 else { return row }
        row.payer = key.second
        if let payer = try payers.get(key.second, in: transaction) { row.payerName = payer.name }
        return row
    }
}

/// How much of a list is asked for.
struct Page {
    /// Only what comes after this id.
    let after: UInt64?
    let limit: Int

    init(after: UInt64?, limit: UInt32?) throws(Refusal) {
        self.after = after
        guard let limit else {
            self.limit = 100
            return
        }
        guard (1...1_000).contains(limit) else { throw .field("limit", "`limit` must be from 1 to 1000.") }
        self.limit = Int(limit)
    }

    /// Where to begin: the first id that may be on it; nil when there is none.
    var first: UInt64? {
        guard let after else { return 0 }
        return after == .max ? nil : after + 1
    }
}
