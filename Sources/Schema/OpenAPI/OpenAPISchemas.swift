/// The JSON Schemas of the messages that are referred to, and of those they refer to.
struct OpenAPISchemas {
    private var written: [String: JSONDocument] = [:]

    /// In the order of their names.
    var members: [JSONDocument.Member] {
        written.sorted { $0.key < $1.key }.map { JSONDocument.Member($0.key, $0.value) }
    }

    /// A reference to a message, which is described when it has not been yet.
    mutating func reference(to message: MessageShape) -> JSONDocument {
        if written[message.name] == nil {
            // Set first, so that a message within itself ends.
            written[message.name] = [:]
            written[message.name] = object(message)
        }
        return ["$ref": .text("#/components/schemas/\(message.name)")]
    }

    private mutating func object(_ message: MessageShape) -> JSONDocument {
        var properties: [JSONDocument.Member] = []
        for field in message.fields { properties.append(.init(field.jsonName, schema(of: field))) }
        let exclusions = Self.exclusions(message)
        return .object([
            "type": "object",
            "description": message.comment.isEmpty ? nil : .text(message.comment),
            "properties": .object(properties),
            "additionalProperties": false,
            "allOf": exclusions.isEmpty ? nil : .array(exclusions),
        ])
    }

    /// What a field may hold, with its comment.
    mutating func schema(of field: FieldShape) -> JSONDocument {
        let one = value(field)
        let schema: JSONDocument = field.isRepeated ? ["type": "array", "items": one] : one
        guard case .object(var members) = schema else { return schema }
        if !field.comment.isEmpty { members.append(.init("description", .text(field.comment))) }
        if let example = field.example, !field.isRepeated { members.append(.init("examples", [.text(example)])) }
        return .object(members)
    }

    private mutating func value(_ field: FieldShape) -> JSONDocument {
        switch field.kind {
        case .int32, .sint32, .sfixed32: return ["type": "integer", "format": "int32"]
        case .int64, .sint64, .sfixed64: return ["type": "integer", "format": "int64"]
        case .uint32, .fixed32: return ["type": "integer", "minimum": 0, "maximum": .unsigned(UInt64(UInt32.max))]
        case .uint64, .fixed64: return ["type": "integer", "minimum": 0, "maximum": .unsigned(UInt64.max)]
        case .bool: return ["type": "boolean"]
        case .text: return ["type": "string"]
        case .bytes: return ["type": "string", "contentEncoding": "base64"]
        case .enumeration(let index):
            return ["type": "string", "enum": .array(Descriptors.schema.enums[index].words.map { .text($0) })]
        case .message(let index): return reference(to: Descriptors.schema.messages[index])
        }
    }

    /// Of a oneof, no two members together.
    private static func exclusions(_ message: MessageShape) -> [JSONDocument] {
        var exclusions: [JSONDocument] = []
        for (index, field) in message.fields.enumerated() where field.oneof != nil {
            for other in message.fields[(index + 1)...] where other.oneof == field.oneof {
                exclusions.append(["not": ["required": [.text(field.jsonName), .text(other.jsonName)]]])
            }
        }
        return exclusions
    }
}
