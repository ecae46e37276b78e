import Schema

extension JSONValue {
    /// A member of an object; nil for what is none.
    public subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.name == name }?.value
    }

    public var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    public var flag: Bool? {
        if case .bool(let flag) = content { flag } else { nil }
    }

    /// A number that is none of ours, negative or beyond 64 bits, is no id.
    public var id: UInt64? {
        if case .number(.integer(isNegative: false, let magnitude)) = content { magnitude } else { nil }
    }

    public var integer: Int64? {
        guard case .number(.integer(let isNegative, let magnitude)) = content else { return nil }
        guard let positive = Int64(exactly: magnitude) else { return nil }
        return isNegative ? -positive : positive
    }

    public var elements: [JSONValue]? {
        if case .array(let elements) = content { elements } else { nil }
    }

    public var members: [JSONMember]? {
        if case .object(let members) = content { members } else { nil }
    }

    /// To be written again. The API writes whole numbers within 64 bits alone.
    public var document: JSONDocument {
        switch content {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number: number
        case .text(let text): .text(text)
        case .array(let elements): .array(elements.map(\.document))
        case .object(let members): .object(members.map { JSONDocument.Member($0.name, $0.value.document) })
        }
    }

    private var number: JSONDocument {
        if let id { return .unsigned(id) }
        return integer.map(JSONDocument.integer) ?? .null
    }

    public var ids: [UInt64] { elements?.compactMap(\.id) ?? [] }
    public var texts: [String] { elements?.compactMap(\.text) ?? [] }
}
