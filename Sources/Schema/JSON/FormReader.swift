import SwiftProtobuf

/// Reads a query message from the parameters of an address: `?staff=7&from=2026-12-01`. A list repeats its name; a comma
/// is part of the text. What holds other fields can only be sent by POST.
public enum FormReader {
    /// - Parameter parameters: Names and values, already percent-decoded.
    /// - Throws: `FieldError` for the first fault found, without an offset.
    public static func decode<M: Message>(
        _ type: M.Type = M.self, from parameters: [(String, String)]
    ) throws(FieldError) -> M {
        try decode(type, from: parameters, descriptors: .schema)
    }

    static func decode<M: Message>(
        _ type: M.Type, from parameters: [(String, String)], descriptors: Descriptors
    ) throws(FieldError) -> M {
        let shape = descriptors.messages[descriptors.index(of: type)]
        var members: [JSONMember] = []
        var lists: [Int: [JSONValue]] = [:]
        for (name, text) in parameters {
            guard let place = shape.index(jsonName: name) else {
                // The reader of messages refuses it, with the name that was probably meant.
                members.append(JSONMember(name: name, value: JSONValue(.null)))
                continue
            }
            let field = shape.fields[place]
            let value = try Self.value(text, of: field)
            if lists[place] != nil, !field.isRepeated {
                throw FieldError(path: field.jsonName, problem: "`\(field.jsonName)` is given twice.")
            }
            lists[place, default: []].append(value)
        }
        for (place, field) in shape.fields.enumerated() {
            guard let values = lists[place] else { continue }
            members.append(
                JSONMember(name: field.jsonName, value: field.isRepeated ? JSONValue(.array(values)) : values[0]))
        }
        return try JSONReader.build(type, from: JSONValue(.object(members)), descriptors: descriptors)
    }

    private static func value(_ text: String, of field: FieldShape) throws(FieldError) -> JSONValue {
        switch field.kind {
        case .message:
            throw FieldError(
                path: field.jsonName,
                problem: "`\(field.jsonName)` holds other fields; send the query by POST, with a JSON body.")
        case .bool:
            guard text == "true" || text == "false" else { return JSONValue(.text(text)) }
            return JSONValue(.bool(text == "true"))
        case .text, .bytes, .enumeration:
            if text.utf8.contains(0) {
                throw FieldError(
                    path: field.jsonName, problem: "`\(field.jsonName)` must not hold the character U+0000.")
            }
            return JSONValue(.text(text))
        default:
            // A number is spelled as in JSON; anything else is no number, and refused as such.
            guard let number = try? StrictJSON.parse(Array(text.utf8)), case .number = number.content else {
                throw FieldError(path: field.jsonName, problem: "`\(field.jsonName)` must be a whole number.")
            }
            return JSONValue(number.content)
        }
    }
}
