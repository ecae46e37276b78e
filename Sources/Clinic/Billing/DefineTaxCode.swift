import LMDBKit
import Schema
import Timetable

extension DefineTaxCode: Command {
    public static let permission = Permission.configureBilling

    /// More changes of one rate than any law makes.
    private static let ratesMax = 200

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var event = TaxCodeDefined()
        event.code = try TaxCode.read(hasCode ? code : nil, "code")
        let rate = try Fields.required(hasBasisPoints ? basisPoints : nil, "basisPoints", "900 is 9 %")
        event.basisPoints = try Fields.number(rate, "basisPoints", in: 0...10_000) ?? 0
        let from = hasEffectiveFrom ? try Fields.date(effectiveFrom, "effectiveFrom") : try state.today(asked)
        event.effectiveFrom = from.description
        event.exemption =
            try Fields.optionalLine(hasExemption ? exemption : nil, "exemption", maxLength: TextLimit.short) ?? ""
        let rates = try state.taxRates(of: event.code)
        guard rates.last(where: { $0.effectiveFrom == event.effectiveFrom }) != event else {
            throw Refusal.unchanged("This rate is defined already.")
        }
        guard rates.count < Self.ratesMax else {
            throw Refusal.field("code", "This code has \(Self.ratesMax) rates already. Define another code.")
        }
        return [Draft(event, about: [])]
    }
}

/// INV-LEDG-05: a code is the last part of its ledger account.
enum TaxCode {
    static func read(_ text: String?, _ path: String) throws(Refusal) -> String {
        let code = try Fields.required(text, path, "a code like GST")
        let bytes = Array(code.utf8)
        guard (1...12).contains(bytes.count), Fields.isCapitalOrDigit(bytes[0]),
            bytes.allSatisfy({ Fields.isCapitalOrDigit($0) || $0 == UInt8(ascii: "-") })
        else {
            throw Refusal.rule(
                "INV-LEDG-05", "Not a tax code", "A code is 1 to 12 capital letters, digits and hyphens, like GST."
            )
            .with { $0.field = path }
        }
        return code
    }
}

extension ClinicState {
    borrowing func taxRates(of code: String) throws -> [TaxCodeDefined] {
        try tables.billing.taxCodes.get(code, in: transaction)?.rates ?? []
    }

    /// A code that somebody has defined.
    borrowing func requireTaxCode(_ text: String, _ path: String) throws -> String {
        let code = try TaxCode.read(text, path)
        guard try !taxRates(of: code).isEmpty else {
            throw Refusal(
                .problem("not-found"), status: 404, title: "Not found",
                detail: "No tax code \(code) is defined. Define it first: daybook do DefineTaxCode"
            )
            .with { $0.field = path }
        }
        return code
    }
}
