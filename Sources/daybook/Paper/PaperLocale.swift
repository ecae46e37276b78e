import Foundation
import Schema
import Timetable

/// How the practice's country writes amounts and dates, in English words.
struct PaperLocale: Sendable {
    private let locale: Locale
    private let country: String

    /// - Parameter jurisdiction: ISO 3166-2 as `US-NY`; empty when it is not known.
    init(jurisdiction: String) {
        country = String(jurisdiction.prefix { $0 != "-" }).uppercased()
        // 001 is the world: 3 March 2026, 1,234.50.
        locale = Locale(identifier: country.utf8.count == 2 ? "en_\(country)" : "en_001")
    }

    /// The paper of the country as CSS names it: Letter where Unicode's CLDR says US-Letter, else A4.
    var page: String {
        let letter = "BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split(separator: " ")
        return letter.contains(Substring(country)) ? "letter" : "A4"
    }

    /// With the currency's sign and exactly its decimals.
    func amount(_ money: Money) -> String {
        let decimals = MoneyText.decimals(of: money.currency)
        let style = Decimal.FormatStyle.Currency(code: money.currency, locale: locale)
            .precision(.fractionLength(decimals))
        return Self.withMinus(Self.decimal(money.minor, exponent: -decimals).formatted(style))
    }

    /// 900 is `9%`.
    func percent(basisPoints: UInt32) -> String {
        let style = Decimal.FormatStyle.Percent(locale: locale).precision(.fractionLength(0...2))
        return Self.decimal(Int64(basisPoints), exponent: -4).formatted(style)
    }

    func number(_ number: UInt32) -> String { Int(number).formatted(.number.locale(locale)) }

    /// `3 March 2026` or `March 3, 2026`; the text itself when it is no date.
    func date(_ iso: String) -> String { formatted(iso, .init(date: .long, time: .omitted)) }

    /// With the month cut to a few letters.
    func shortDate(_ iso: String) -> String { formatted(iso, .init(date: .abbreviated, time: .omitted)) }

    private func formatted(_ iso: String, _ style: Date.FormatStyle) -> String {
        guard let date = LocalDate(iso: iso) else { return iso }
        var style = style.locale(locale)
        style.timeZone = .gmt
        style.calendar = Calendar(identifier: .gregorian)
        return Date(timeIntervalSince1970: Double(date.daysSinceEpoch) * 86_400).formatted(style)
    }

    private static func decimal(_ number: Int64, exponent: Int) -> Decimal {
        Decimal(sign: number < 0 ? .minus : .plus, exponent: exponent, significand: Decimal(number.magnitude))
    }

    /// A hyphen is too short for a minus, and a line may break after it.
    private static func withMinus(_ text: String) -> String { text.replacing("-", with: "−") }
}
