import BalancesProjection
import Clinic
import EventStore
import Interchange
import ProjectionKit
import Schema

/// What all clients and payers owe, and what they have, in the books as a whole.
struct BooksTotal: Encodable, Sendable {
    var open: MoneySum
    var credit: MoneySum

    init(_ engine: ClinicEngine, currency: String) throws {
        let view = engine.views.view(BalancesView.self)
        guard case .reached = view.reach(engine.log.size, timeout: .seconds(30)) else {
            throw Refusal.busy("The balances are catching up. Try again in a moment.")
        }
        let question = Question(caller: 0, nowMs: engine.clock.nowMs()) { _, _ in true }
        let rows = try view.read { try TrialBalance().answer(from: $0, in: $1, question).rows }
        func sum(_ prefix: String) -> Int64 {
            rows.filter { $0.account.hasPrefix(prefix) }.reduce(0) { $0 + $1.balance.minor }
        }
        open = MoneySum(minor: sum("Assets:Receivable:"), currency: currency)
        credit = MoneySum(minor: -sum("Liabilities:Client-Credit"), currency: currency)
    }
}
