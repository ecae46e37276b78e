import Timetable
import Schema

extension PublishPriceList: Command {
    public static let permission = Permission.configurePractice

    /// Money is at most this many minor units.
    static let amountMax: Int64 = 1_000_000_000_000

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        var event = PriceListPublished()
        event.effectiveFrom = try Fields.date(hasEffectiveFrom ? effectiveFrom : nil, "effectiveFrom").description
        guard (1...1_000).contains(prices.count) else {
            throw Refusal.field("prices", "`prices` must name 1 to 1000 prices.")
        }
        guard Set(prices.map(\.service)).count == prices.count else {
            throw Refusal.field("prices", "`prices` names a service twice.")
        }
        for (index, price) in prices.enumerated() {
            _ = try state.service(price.service, field: "prices[\(index)].service")
            guard price.hasAmount, (0...Self.amountMax).contains(price.amount.minor) else {
                throw Refusal.rule("INV-SVC-02", "Not a price", "A price is 0 or more, in minor units.")
                    .with { $0.field = "prices[\(index)].amount.minor" }
            }
            guard price.amount.currency == practice.currency else {
                throw Refusal.rule(
                    "INV-BILL-01", "Another currency", "Prices are in the practice's currency, \(practice.currency).")
                    .with { $0.field = "prices[\(index)].amount.currency" }
            }
        }
        event.prices = prices
        return [Draft(event, about: [Subject(.priceList, asked.next)])]
    }
}
