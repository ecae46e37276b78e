/// A price as a sheet writes it, in minor units of the clinic's currency, with or without a currency's sign.
public struct Price: Sendable, Hashable {
    /// 0 to 10¹².
    public let minorUnits: Int64
    /// `$`, `EUR` …, as written; nil when the cell has a number alone.
    public let currencyMark: String?

    /// |amount| ≤ 10¹² minor units everywhere in the book.
    static let most: Int64 = 1_000_000_000_000

    /// `fractionDigits` of the currency: 2 for most, 0 for JPY, 3 for KWD (ISO 4217).
    ///
    /// The decimal mark is a point, or a comma where exactly `fractionDigits` digits follow; the other mark, an apostrophe
    /// or a space may part thousands. What could be read in two ways is no number.
    init(_ text: String, fractionDigits: Int) throws(BadReason) {
        let (number, mark, isNegative) = try Self.split(text)
        let (whole, fraction) = try Self.parts(number, fractionDigits: fractionDigits)
        let padded = fraction + String(repeating: "0", count: max(0, fractionDigits - fraction.utf8.count))
        // 13 digits hold 10¹²; more would only ever be too large, and might overflow.
        let digits = (whole + padded).drop { $0 == "0" }
        guard digits.utf8.count <= 13, let amount = Int64("0" + digits), amount <= Self.most else {
            throw .priceTooLarge
        }
        guard !isNegative || amount == 0 else { throw .negativePrice }
        minorUnits = amount
        currencyMark = mark
    }

    private static func split(
        _ text: String
    ) throws(BadReason) -> (number: String, mark: String?, isNegative: Bool) {
        var number = ""
        var marks: [String] = []
        var isNegative = false
        var isInMark = false
        for character in text where !character.isWhitespace {
            let wasInMark = isInMark
            isInMark = false
            if character.isASCII && character.isNumber || ".,'’".contains(character) {
                number.append(character)
            } else if (character == "-" || character == "−") && !isNegative && number.isEmpty {
                isNegative = true
            } else if character.isCurrencySymbol || character.isLetter {
                if wasInMark, let last = marks.popLast() {
                    marks.append(last + String(character))
                } else {
                    marks.append(String(character))
                }
                isInMark = true
            } else {
                throw .priceNotANumber
            }
        }
        guard marks.count <= 1, marks.allSatisfy(isCurrency) else { throw .priceNotANumber }
        return (number, marks.first, isNegative)
    }

    /// Three letters could be an ISO 4217 code; one to three characters with a sign are like `US$`.
    private static func isCurrency(_ mark: String) -> Bool {
        mark.contains(where: \.isCurrencySymbol) ? mark.count <= 3 : mark.count == 3 && mark.allSatisfy(\.isASCII)
    }

    /// Digits, one mark and digits: a number to anybody, if not to this currency.
    private static func isDecimal(_ number: String) -> Bool {
        let parts = number.split(omittingEmptySubsequences: false) { ".,".contains($0) }
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }

    private static func parts(_ number: String, fractionDigits: Int) throws(BadReason) -> (String, String) {
        let marks = number.filter { ".,".contains($0) }
        var whole = number[...]
        var fraction = Substring()
        if let last = marks.last, fractionDigits > 0, let index = number.lastIndex(of: last) {
            let after = number[number.index(after: index)...]
            let isDecimal = last == "." ? after.utf8.count <= fractionDigits : after.utf8.count == fractionDigits
            if isDecimal, marks.filter({ $0 == last }).count == 1 { (whole, fraction) = (number[..<index], after) }
        }
        let groups = whole.split(omittingEmptySubsequences: false) { ".,'’".contains($0) }
        let separators = Set(whole.filter { ".,'’".contains($0) })
        let areThousands =
            groups.dropFirst().allSatisfy { $0.utf8.count == 3 } && (1...3).contains(groups[0].utf8.count)
        // 1.200 is a thousand and more to one reader and a little more than one to another.
        let isPointGroup = fraction.isEmpty && separators == ["."] && groups.count == 2
        guard separators.count <= 1, groups.count == 1 || areThousands, !isPointGroup,
            groups.count > 1 || !groups[0].isEmpty || !fraction.isEmpty,
            fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw isDecimal(number) ? .priceDecimals : .priceNotANumber }
        return (groups.joined(), String(fraction))
    }
}
