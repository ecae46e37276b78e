import Foundation
import LMDBKit
import Schema

/// INV-PAY-08: what a bank or processor calls a payment; within a method no two payments share it.
enum PaymentReference {
    static let maxLength = 60

    /// What a key of LMDB has room for beside the method; one ligature can be written out as 18 letters.
    private static let keyBytesMax = 400

    /// What looks the same is the same: letters of any size and width, with or without blanks and marks that nobody sees.
    /// Nil for a payment without a reference.
    static func key(_ method: PaymentMethod.Value, _ reference: String) -> Pair<UInt8, String>? {
        var seen = ""
        for scalar in reference.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            let properties = scalar.properties
            guard !properties.isWhitespace, !properties.isDefaultIgnorableCodePoint else { continue }
            guard seen.utf8.count < keyBytesMax else { break }
            seen.unicodeScalars.append(scalar)
        }
        guard !seen.isEmpty else { return nil }
        return Pair(UInt8(truncatingIfNeeded: method.rawValue), seen)
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
