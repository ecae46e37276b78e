import SwiftProtobuf

/// Reads a message of the schema from JSON, and says of what it refuses where it is and what would be right.
///
/// Refused besides what `StrictJSON` refuses: unknown members, null, numbers in text, enums by number, `unspecified`,
/// wrong types, numbers out of range, two members of one oneof. Names are lowerCamelCase and nothing else.
public enum JSONReader {
    /// - Throws: `FieldError` for the first fault found.
    public static func decode<M: Message>(
        _ type: M.Type = M.self, from bytes: [UInt8], limits: JSONLimits = .standard
    ) throws(FieldError) -> M {
        try decode(type, from: bytes, limits: limits, descriptors: .schema)
    }

    static func decode<M: Message>(
        _ type: M.Type, from bytes: [UInt8], limits: JSONLimits = .standard, descriptors: Descriptors
    ) throws(FieldError) -> M {
        try build(type, from: try StrictJSON.parse(bytes, limits: limits), descriptors: descriptors)
    }

    /// The tree becomes Protobuf by the descriptor, so that no second JSON reader has a say.
    static func build<M: Message>(
        _ type: M.Type, from value: JSONValue, descriptors: Descriptors
    ) throws(FieldError) -> M {
        var builder = MessageBuilder(descriptors: descriptors)
        let bytes = try builder.message(value, at: descriptors.index(of: type))
        do {
            return try M(serializedBytes: bytes)
        } catch {
            throw FieldError(path: "", problem: "The body is not a \(builder.name(of: descriptors.index(of: type))).")
        }
    }
}
