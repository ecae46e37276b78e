import SwiftProtobuf

/// Reads a request sent as binary Protobuf as strictly as one sent as JSON: unknown fields, unknown or unspecified enum
/// values, fields given twice and U+0000 in text are refused with their path.
public enum ProtobufReader {
    /// - Throws: `FieldError` for the first fault found; its offset is into the bytes.
    public static func decode<M: Message>(
        _ type: M.Type = M.self, from bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(FieldError) -> M {
        try decode(type, from: bytes, limits: limits, descriptors: .schema)
    }

    static func decode<M: Message>(
        _ type: M.Type, from bytes: [UInt8], limits: JSONLimits = .standard, descriptors: Descriptors
    ) throws(FieldError) -> M {
        guard bytes.count <= limits.maxBytes else {
            throw FieldError(path: "", problem: "The body is longer than \(limits.maxBytes) bytes.")
        }
        let check = WireCheck(descriptors: descriptors, isRequest: true)
        try check.check(bytes, as: descriptors.index(of: type))
        do {
            return try M(serializedBytes: bytes)
        } catch {
            throw FieldError(path: "", problem: "The body is not valid Protobuf, or a text in it is not UTF-8.")
        }
    }
}
