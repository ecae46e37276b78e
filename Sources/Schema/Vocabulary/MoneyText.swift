/// Amounts as people write them: `163.50 USD`, with as many decimals as the currency has.
public enum MoneyText {
    /// Decimals of a currency (ISO 4217): none, two or three; two for one that is not listed.
    public static func decimals(of currency: String) -> Int { exponents[currency] ?? 2 }

    private static let exponents: [String: Int] = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
        "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
        "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    ]

    /// As `163.50`, with a dot and no other mark.
    public static func number(_ minor: Int64, _ currency: String) -> String {
        let decimals = decimals(of: currency)
        let digits = String(minor.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        let sign = minor < 0 ? "-" : ""
        return decimals == 0 ? sign + whole : "\(sign)\(whole).\(padded.suffix(decimals))"
    }

    /// As `163.50 USD`.
    public static func text(_ minor: Int64, _ currency: String) -> String { "\(number(minor, currency)) \(currency)" }

    public static func text(_ money: Money) -> String { text(money.minor, money.currency) }

    /// Why an amount is not understood, as a sentence.
    public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Reads `163.50`, `163.50 USD` or `USD 163.50`.
    ///
    /// - Parameter currency: what is meant when none is named; another one than this is refused.
    public static func parse(_ text: String, currency: String) throws(ParseError) -> Money {
        var words = text.split(separator: " ").map(String.init)
        if words.count > 1, let index = words.firstIndex(where: isCurrency) {
            let named = words.remove(at: index)
            guard named.uppercased() == currency else {
                throw ParseError(description: "Amounts here are in \(currency), not in \(named.uppercased()).")
            }
        }
        guard words.count == 1 else {
            throw ParseError(description: "An amount looks like \(example(currency)).")
        }
        var money = Money()
        money.minor = try minor(words[0], currency)
        money.currency = currency
        return money
    }

    private static func isCurrency(_ word: String) -> Bool {
        word.utf8.count == 3 && word.utf8.allSatisfy { (65...90).contains($0 & 0xDF) }
    }

    private static func example(_ currency: String) -> String { text(12_500, currency) }

    private static func minor(_ number: String, _ currency: String) throws(ParseError) -> Int64 {
        let isNegative = number.hasPrefix("-")
        let unsigned = isNegative ? number.dropFirst() : number[...]
        guard !unsigned.contains(",") else {
            throw ParseError(
                description: "Write the decimals after a dot and no mark between thousands, as \(example(currency)).")
        }
        let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count <= 2, !parts[0].isEmpty, parts.count == 1 || !fraction.isEmpty,
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) })
        else { throw ParseError(description: "An amount looks like \(example(currency)).") }
        let decimals = decimals(of: currency)
        guard fraction.count <= decimals else {
            throw ParseError(
                description: decimals == 0
                    ? "\(currency) has no decimals." : "\(currency) has \(decimals) decimals and no more.")
        }
        let digits = parts[0] + fraction + String(repeating: "0", count: decimals - fraction.count)
        guard let magnitude = Int64(digits), magnitude <= Cents.maxMinor else {
            throw ParseError(description: "An amount is at most \(text(Cents.maxMinor, currency)).")
        }
        return isNegative ? -magnitude : magnitude
    }
}
