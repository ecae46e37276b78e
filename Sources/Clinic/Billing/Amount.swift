import Schema
import SwiftProtobuf

/// Reading amounts of commands: minor units of the practice's currency, at most 10^12 (INV-BILL-01, INV-PAY-01, -04).
struct Amount {
    let currency: String

    init(_ state: borrowing ClinicState) throws { currency = try state.requirePractice().practice.currency }

    func money(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = currency
        }
    }

    func text(_ minor: Int64) -> String { MoneyText.text(minor, currency) }

    /// A price or a discount: not negative (INV-BILL-22).
    func notNegative(_ money: Money, _ path: String) throws(Refusal) -> Int64 {
        let minor = try read(money, path, otherCurrency: "INV-BILL-01")
        guard minor >= 0 else {
            throw Refusal.rule("INV-BILL-22", "An amount below zero", "`\(path)` must not be negative.")
                .with { $0.field = "\(path).minor" }
        }
        return minor
    }

    /// Money that moves: more than nothing, since whatever goes back is a refund or a reversal of its own.
    func positive(_ money: Money, _ path: String) throws(Refusal) -> Int64 {
        let minor = try read(money, path, otherCurrency: "INV-PAY-04")
        guard minor > 0 else {
            throw Refusal.rule(
                "INV-PAY-01", "Not an amount",
                "`\(path)` must be more than 0. Money that goes back is a refund; a payment that did not stay is reversed."
            )
            .with { $0.field = "\(path).minor" }
        }
        return minor
    }

    /// As `positive`, of which there must be enough; all of it when nothing is named.
    func part(_ money: Money?, of available: Int64, _ path: String, tooMuch: (String) -> Refusal) throws(Refusal)
        -> Int64
    {
        guard let money else { return available }
        let minor = try positive(money, path)
        guard minor <= available else {
            throw tooMuch(text(available)).with {
                $0.field = path
                $0.availableMinor = available
            }
        }
        return minor
    }

    private func read(_ money: Money, _ path: String, otherCurrency rule: String) throws(Refusal) -> Int64 {
        let minor = try Fields.required(
            money.hasMinor ? money.minor : nil, "\(path).minor", "the amount in minor units, as cents")
        guard money.currency == currency else {
            throw Refusal.rule(rule, "Another currency", "All amounts of this practice are in \(currency).")
                .with { $0.field = "\(path).currency" }
        }
        guard minor.magnitude <= Cents.maxMinor.magnitude else {
            throw Refusal.field("\(path).minor", "`\(path)` is more than \(text(Cents.maxMinor)).")
        }
        return minor
    }
}
