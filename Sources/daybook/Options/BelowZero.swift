/// An amount with a minus, which would be taken for an option: nothing about money is below zero.
enum BelowZero {
    private static let verbs: Set<String> = ["charge", "invoice", "pay", "payment", "refund"]

    /// What to do instead; nil for a command line in which there is none.
    static func complaint(in arguments: [String]) -> UsageError? {
        guard !verbs.isDisjoint(with: arguments) else { return nil }
        let amount = arguments.prefix { $0 != "--" }.first { word in
            word.first == "-" && word.dropFirst().first.map { $0.isASCII && $0.isNumber || $0 == "." } ?? false
        }
        return amount.map {
            UsageError(
                "“\($0)” is below zero. Money that goes back is a refund (daybook refund), a payment that did not stay is "
                    + "reversed (daybook payment reverse), and less of an invoice is credited (daybook invoice credit)."
            )
        }
    }
}
