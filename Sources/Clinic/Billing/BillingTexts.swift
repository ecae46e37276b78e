import Schema

/// Texts about money: the client's own, sealed in the category billing, and never with the number of a card.
enum BillingTexts {
    static func required(
        _ text: String?, _ path: String, of client: UInt64, maxLength: Int = TextLimit.reason
    ) throws(Refusal) -> PrivateText {
        let text = try Fields.text(text, path, maxLength: maxLength)
        try refuseCard(text, path)
        return PrivateText(text, of: client, .billing)
    }

    static func optional(
        _ text: String?, _ path: String, of client: UInt64, maxLength: Int = TextLimit.reason
    ) throws(Refusal) -> PrivateText? {
        guard let text, !text.isEmpty else { return nil }
        return try required(text, path, of: client, maxLength: maxLength)
    }

    static func refuseCard(_ text: String, _ path: String) throws(Refusal) {
        guard !CardNumber.isIn(text) else {
            throw Refusal.rule(
                "INV-PAY-09", "This looks like a card's number",
                "The number of a card is never kept. Take the reference that the card terminal or the bank gave."
            )
            .with { $0.field = path }
        }
    }
}
