/// Which currencies a mark beside an amount may mean.
enum CurrencyMark {
    /// A code means itself; a sign that several countries use means each of them.
    static func isOf(_ currency: String, mark: String) -> Bool {
        mark.uppercased() == currency || signs[mark.uppercased()]?.contains(currency) == true
    }

    private static let dollars: Set<String> = [
        "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS", "UYU", "BSD", "BBD", "BZD", "BMD",
        "BND", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD",
    ]

    private static let signs: [String: Set<String>] = [
        "$": dollars, "US$": ["USD"], "U$": ["USD", "UYU"], "C$": ["CAD", "NIO"], "CA$": ["CAD"], "A$": ["AUD"],
        "AU$": ["AUD"], "NZ$": ["NZD"], "S$": ["SGD"], "HK$": ["HKD"], "NT$": ["TWD"], "MX$": ["MXN"], "R$": ["BRL"],
        "€": ["EUR"], "£": ["GBP", "EGP", "FKP", "GIP", "LBP", "SHP", "SYP"], "¥": ["JPY", "CNY"],
        "￥": ["JPY", "CNY"], "₹": ["INR"], "₪": ["ILS"], "₩": ["KRW"], "₺": ["TRY"], "₽": ["RUB"], "₴": ["UAH"],
        "₫": ["VND"], "₱": ["PHP"], "₦": ["NGN"], "฿": ["THB"], "₡": ["CRC"], "₲": ["PYG"], "₵": ["GHS"],
        "₸": ["KZT"], "₾": ["GEL"], "₼": ["AZN"], "৳": ["BDT"],
    ]
}
