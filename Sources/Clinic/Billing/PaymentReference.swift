import Foundation
import LMDBKit
import Schema

/// INV-PAY-08: what a bank or processor calls a payment; within a method no two payments share it.
enum PaymentReference {
    static let maxLength = 60

    /// What looks the same is the same: letters of any size and width, with or without blanks and marks that nobody sees.
    /// Nil for a payment without a reference.
    static func key(_ method: PaymentMethod.Value, _ reference: String) -> Pair<UInt8, String>? {
        let seen = reference.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
            .filter { !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint }
        guard !seen.isEmpty else { return nil }
        return Pair(UInt8(truncatingIfNeeded: method.rawValue), String(String.UnicodeScalarView(seen)))
    }

    static func read(
        _ text: String?, _ method: PaymentMethod.Value, _ state: borrowing ClinicState
    ) throws -> String {
        guard let text = try Fields.optionalLine(text, "reference", maxLength: maxLength) else { return "" }
        try BillingTexts.refuseCard(text, "reference")
        guard let key = key(method, text), let other = try state.payment(called: key) else { return text }
        throw Refusal.rule(
            "INV-PAY-08", "Recorded before",
            "Payment \(other) has this reference and was made the same way. If it is the same money, it is on file already."
        )
        .with {
            $0.field = "reference"
            $0.involved = [other]
        }
    }
}

extension ClinicState {
    fileprivate borrowing func payment(called key: Pair<UInt8, String>) throws -> UInt64? {
        try tables.billing.references.get(key, in: transaction)?.id
    }
}
