import Schema
import Testing

@Suite struct MoneyTextTests {
    @Test(
        arguments: [
            (16_350, "USD", "163.50 USD"), (5, "USD", "0.05 USD"), (-5, "USD", "-0.05 USD"), (0, "EUR", "0.00 EUR"),
            (1_200, "JPY", "1200 JPY"), (0, "JPY", "0 JPY"), (12_345, "KWD", "12.345 KWD"), (7, "KWD", "0.007 KWD"),
            (.min, "USD", "-92233720368547758.08 USD"),
        ] as [(Int64, String, String)])
    func `an amount is written with the decimals of its currency`(minor: Int64, currency: String, text: String) {
        #expect(MoneyText.text(minor, currency) == text)
    }

    @Test(
        arguments: [
            ("163.50", "USD", 16_350), ("163.5 USD", "USD", 16_350), ("USD 163", "USD", 16_300),
            ("-1.05 usd", "USD", -105),
            ("007", "USD", 700), ("1200", "JPY", 1_200), ("12.345 KWD", "KWD", 12_345), ("0", "USD", 0),
            ("10000000000.00", "USD", 1_000_000_000_000),
        ] as [(String, String, Int64)])
    func `an amount is read to the minor unit`(text: String, currency: String, minor: Int64) throws {
        let money = try MoneyText.parse(text, currency: currency)
        #expect(money.minor == minor)
        #expect(money.currency == currency)
    }

    @Test(arguments: [
        ("12.345 USD", "USD", "2 decimals"), ("1,200", "USD", "dot"), ("12,50", "USD", "dot"),
        ("5.0 JPY", "JPY", "no decimals"), ("5 EUR", "USD", "in USD, not in EUR"), ("", "USD", "looks like"),
        ("USD", "USD", "looks like"), ("1 2", "USD", "looks like"), (".5", "USD", "looks like"),
        ("5.", "USD", "looks like"), ("abc", "USD", "looks like"),
        ("1.2.3", "USD", "looks like"), ("twelve", "USD", "looks like"), ("--5", "USD", "looks like"),
        ("٥", "USD", "looks like"), ("1e5", "USD", "looks like"), ("$5", "USD", "looks like"),
        ("10000000000.01", "USD", "at most"), ("99999999999999999999999", "USD", "at most"),
    ])
    func `what is no amount is refused with what one looks like`(text: String, currency: String, why: String) {
        let error = #expect(throws: MoneyText.ParseError.self) { try MoneyText.parse(text, currency: currency) }
        #expect(error?.description.contains(why) ?? false, "\(error?.description ?? "")")
    }

    @Test func `what is written is read back`() throws {
        for minor in [0, 1, 99, 100, 12_345, -1, -100_000] as [Int64] {
            for currency in ["USD", "JPY", "KWD", "XYZ"] {
                #expect(try MoneyText.parse(MoneyText.text(minor, currency), currency: currency).minor == minor)
            }
        }
    }
}
