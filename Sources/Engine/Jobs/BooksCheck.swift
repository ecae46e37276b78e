import BalancesProjection
import ProjectionKit
import Schema

/// Whether the balances agree with the documents, the ledger and the events that explain them.
struct BooksFinding: Encodable, Sendable {
    var isSound: Bool
    /// How many records they are of.
    var position: UInt64
    /// The first of what is wrong.
    var faults: [String]
}

extension ClinicEngine {
    private static let faultsMax = 100

    /// Of a read model whose rows were found to be those of a rebuild: nothing else is worth comparing.
    ///
    /// - `step` is called now and then, and may end the check by an error.
    func verifyBooks(_ step: () throws -> Void) throws -> BooksFinding {
        let view = views.view(BalancesView.self)
        // The rows are of one snapshot, which is of this position or a later one.
        let position = view.position
        let faults = try view.read { try BalanceIdentity($0, in: $1, step: step).faults }
        return BooksFinding(isSound: faults.isEmpty, position: position, faults: Array(faults.prefix(Self.faultsMax)))
    }
}
