import DaybookClient
import SwiftProtobuf

extension Desk {
    /// A table as wide as the screen.
    func lines(_ table: Table) -> [String] {
        table.rows.isEmpty ? ["None."] : table.lines(width: screen.width, isColoured: screen.isColoured)
    }

    /// Shows one row of a list.
    func askOne<Q: Asked, Row>(
        _ query: Q, _ id: UInt64, _ choose: (Q.Answer) -> [Row], show: (Row) async throws -> [String]
    ) async throws {
        try await ask(query) { answer in
            guard let row = choose(answer).first else { throw UsageError("There is no \(id) among them.") }
            return try await show(row)
        }
    }
}
