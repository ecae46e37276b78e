import Schema
import Timetable

extension PublishPriceList: Command {
    public static let permission = Permission.configurePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let from = try Fields.date(hasEffectiveFrom ? effectiveFrom : nil, "effectiveFrom")
        guard !prices.isEmpty else { throw Refusal.field("prices", "`prices` is missing: a service and its amount.") }
        try Fields.requireCount(prices.count, "prices", max: 1_000)
        var services: Set<UInt64> = []
        for (index, price) in prices.enumerated() {
            let field = "prices[\(index)]"
            // Nothing but the practice stands at 0: none was named.
            _ = try Fields.required(
                price.service == 0 ? nil : price.service, "\(field).service", "the service's id")
            _ = try state.service(price.service, field: "\(field).service")
            guard services.insert(price.service).inserted else {
                throw Refusal.field("\(field).service", "This service stands in the list twice.")
            }
            try check(price.amount, currency: practice.currency, "\(field).amount")
        }
        var event = PriceListPublished()
        event.effectiveFrom = from.description
        event.prices = prices
        let zone = try Fields.zone(practice.zone, "effectiveFrom")
        return [
            Draft(event, about: [Subject(.priceList, asked.next)], effectiveAtMs: zone.startOfDayMs(from))
        ]
    }

    private func check(_ amount: Money, currency: String, _ field: String) throws(Refusal) {
        let minor = try Fields.required(amount.hasMinor ? amount.minor : nil, "\(field).minor", "the price in cents")
        guard (0...1_000_000_000_000).contains(minor) else {
            throw Refusal.rule("INV-SVC-02", "Not a price", "A price is not negative and not above 10^12.")
                .with { $0.field = "\(field).minor" }
        }
        guard amount.currency == currency else {
            throw Refusal.rule("INV-BILL-01", "Another currency", "All prices of this practice are in \(currency).")
                .with { $0.field = "\(field).currency" }
        }
    }
}
