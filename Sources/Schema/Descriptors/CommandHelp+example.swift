extension CommandHelp {
    /// An example that `JSONReader` accepts, as JSON text; nil for a name that the schema does not have. What may be
    /// left out is left out, where the comment says so.
    public static func example(for name: String) -> String? {
        Descriptors.schema.message(named: name).map { String(decoding: example(for: $0).bytes, as: UTF8.self) }
    }

    static func example(for shape: MessageShape) -> JSONDocument { example(for: shape, within: [shape.fullName]) }

    private static func example(for shape: MessageShape, within outer: Set<String>) -> JSONDocument {
        var members: [JSONDocument.Member] = []
        var chosen: Set<Int> = []
        for field in shape.fields where !isExceptional(field) {
            if let oneof = field.oneof, !chosen.insert(oneof).inserted { continue }
            if case .message(let index) = field.kind, outer.contains(Descriptors.schema.messages[index].fullName) {
                continue
            }
            let value = one(field, within: outer)
            members.append(JSONDocument.Member(field.jsonName, field.isRepeated ? [value] : value))
        }
        return .object(members)
    }

    /// Fields for the rarer cases, which would make an example look like a form, and those that stand instead of another.
    private static func isExceptional(_ field: FieldShape) -> Bool {
        field.comment.lowercased().contains("left out") || field.comment.hasPrefix("Instead of ")
            || field.name.hasPrefix("override")
            || field.name.hasPrefix("retrospective") || field.name == "expecting"
    }

    private static func one(_ field: FieldShape, within outer: Set<String>) -> JSONDocument {
        switch field.kind {
        case .bool: return true
        case .text: return .text(field.example ?? "text")
        case .bytes: return .text("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        case .enumeration(let index):
            return Descriptors.schema.enums[index].words.first.map { .text($0) } ?? .text("text")
        case .message(let index):
            let inner = Descriptors.schema.messages[index]
            return example(for: inner, within: outer.union([inner.fullName]))
        default: return .integer(number(field))
        }
    }

    private static func number(_ field: FieldShape) -> Int64 {
        if field.comment.lowercased().contains("milliseconds utc") { return 1_796_133_600_000 }
        let known: [String: Int64] = ["weekday": 1, "minutes": 50, "uid": 1000, "minor": 12_000, "limit": 20]
        return known[field.name] ?? (field.name.hasSuffix("minutes") ? 10 : 7)
    }
}
