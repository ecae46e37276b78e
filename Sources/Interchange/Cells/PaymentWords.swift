/// What a sheet says of a payment.
enum PaymentCell: Equatable {
    /// Nothing.
    case silent
    /// All of the fee.
    case paid
    case unpaid
    /// Nobody asks for it.
    case waived
    case amount(Price)
}

/// A sheet's words for whether a fee was paid.
struct PaymentWords: Sendable {
    private var declared: [String: Kind] = [:]

    private enum Kind: String, CaseIterable {
        case paid, unpaid, waived

        var cell: PaymentCell {
            switch self {
            case .paid: .paid
            case .unpaid: .unpaid
            case .waived: .waived
            }
        }
    }

    /// `declared` goes before the usual words.
    init(declared: [String: String] = [:]) throws(ImportRefusal) {
        for (word, name) in declared {
            guard let kind = Kind(rawValue: name) ?? Self.usual[name.wordKey] else {
                throw .unknownPaymentName(name: name, known: Kind.allCases.map(\.rawValue))
            }
            self.declared[word.nameKey] = kind
        }
    }

    func read(_ text: String, fractionDigits: Int) throws(BadMoney.Reason) -> PaymentCell {
        if text.isEmpty { return .silent }
        if let kind = declared[text.nameKey] ?? Self.usual[text.wordKey] { return kind.cell }
        guard text.contains(where: \.isNumber) else { throw .unknownWord }
        do throws(BadReason) {
            return .amount(try Price(text, fractionDigits: fractionDigits))
        } catch {
            throw .noAmount(error)
        }
    }

    private static let usual: [String: Kind] = {
        let words: [Kind: [String]] = [
            .paid: [
                "paid", "yes", "y", "settled", "cleared", "full", "infull", "paidinfull", "fullypaid", "received",
                "complete", "completed", "done",
            ],
            .unpaid: [
                "unpaid", "no", "n", "notpaid", "due", "owed", "owing", "outstanding", "open", "overdue", "pending",
                "awaiting", "awaitingpayment", "invoiced", "billed",
            ],
            .waived: ["waived", "nocharge", "free", "writtenoff", "notcharged", "na", "none"],
        ]
        return Dictionary(words.flatMap { kind, words in words.map { ($0, kind) } }) { first, _ in first }
    }()
}
