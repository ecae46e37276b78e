import Engine
import Foundation
import HTTPTypes
import Schema

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let daybookPosition = HTTPField.Name("Daybook-Position")!
    static let daybookPurpose = HTTPField.Name("Daybook-Purpose")!
    static let referer = HTTPField.Name("Referer")!
}

/// What the head of a request says.
extension HTTPRequest {
    private static let protobufType = "application/x-protobuf"

    /// Everything that is not declared as Protobuf is read as JSON: `curl -d` sends a form's type.
    var isProtobuf: Bool { headerFields[.contentType]?.lowercased().hasPrefix(Self.protobufType) ?? false }

    var wantsProtobuf: Bool {
        headerFields[.accept].map { $0.lowercased().contains(Self.protobufType) } ?? isProtobuf
    }

    /// A browser that was lured to the socket says where it comes from.
    var isOfWebPage: Bool { headerFields[.origin] != nil || headerFields[.referer] != nil }

    /// The idempotency key; whoever gives none gets one, and no second try.
    func commandKey() throws(Refusal) -> IdempotencyKey {
        guard let text = headerFields[.idempotencyKey] else { return .make() }
        guard headerFields[values: .idempotencyKey].count == 1, text.utf8.count == 36, let key = IdempotencyKey(text)
        else {
            throw .field("Idempotency-Key", "The Idempotency-Key must be a UUID.")
        }
        guard key.high != 0 || key.low != 0 else {
            throw .field("Idempotency-Key", "The Idempotency-Key must not be zero.")
        }
        return key
    }

    /// Why the caller asks, as said in Daybook-Purpose.
    func purpose(unlessSaid standard: Purpose.Value) throws(Refusal) -> Purpose.Value {
        guard let said = headerFields[.daybookPurpose] else { return standard }
        let words: [String: Purpose.Value] = [
            "treatment": .treatment, "payment": .payment, "operations": .operations,
            "patient_request": .patientRequest, "legal": .legal,
        ]
        guard let purpose = words[said] else {
            throw .field(
                "Daybook-Purpose", "The Daybook-Purpose must be one of \(words.keys.sorted().joined(separator: ", ")).")
        }
        return purpose
    }
}
