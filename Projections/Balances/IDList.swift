import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

/// Where the ids of a list are found: of one client, of everybody, and those that are still of interest.
struct IDList<Row: SwiftProtobuf.Message & Sendable> {
    let all: Table<UInt64, Row>
    let ofClient: Table<Pair<UInt64, UInt64>, BalancesView.Mark>
    let open: Table<UInt64, BalancesView.Mark>

    /// Rows on one page, by id, and after which id there are more.
    func rows(
        of client: UInt64?, isOpen: Bool, on page: Page, in transaction: borrowing ReadTransaction,
        _ body: (UInt64, Row) throws -> Void
    ) throws -> UInt64? {
        guard let first = page.first else { return nil }
        var last: UInt64?
        var next: UInt64?
        var taken = 0
        func take(_ id: UInt64, _ row: Row) throws -> RawTable.Step {
            guard taken < page.limit else {
                next = last
                return .stop
            }
            try body(id, row)
            last = id
            taken += 1
            return .next
        }
        func find(_ id: UInt64) throws -> RawTable.Step {
            guard let row = try all.get(id, in: transaction) else { return .next }
            return try take(id, row)
        }
        if let client {
            try ofClient.scan(from: Pair(client, first), in: transaction) { key, _ in
                guard key.first == client else { return .stop }
                if isOpen, try !open.contains(key.second, in: transaction) { return .next }
                return try find(key.second)
            }
        } else if isOpen {
            try open.scan(from: first, in: transaction) { id, _ in try find(id) }
        } else {
            try all.scan(from: first, in: transaction, take)
        }
        return next
    }
}
