/// What a field holds, in words.
enum FieldWords {
    /// As "list, each a whole number", "one of in_person, online".
    static func form(of field: FieldShape, in shape: MessageShape) -> String {
        var form = field.isRepeated ? "list, each \(one(field))" : one(field)
        if let oneof = field.oneof {
            let others = shape.fields.filter { $0.oneof == oneof && $0.number != field.number }.map(\.jsonName)
            if !others.isEmpty { form += " (not together with \(others.joined(separator: ", ")))" }
        }
        return form
    }

    private static func one(_ field: FieldShape) -> String {
        switch field.kind {
        case .int32, .int64, .sint32, .sint64, .sfixed32, .sfixed64: "whole number"
        case .uint32, .uint64, .fixed32, .fixed64: "whole number, 0 or more"
        case .bool: "true or false"
        case .text: field.example.map { "text like \($0)" } ?? "text"
        case .bytes: "bytes as base64"
        case .enumeration(let index): "one of \(Descriptors.schema.enums[index].words.joined(separator: ", "))"
        case .message(let index): Descriptors.schema.messages[index].name
        }
    }
}
