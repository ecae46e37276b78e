import Foundation

/// Turns a JSON tree into Protobuf by the descriptor, checking as it goes. Recursion is bounded by the tree's depth.
struct MessageBuilder {
    let descriptors: Descriptors
    private var path = FieldPath()

    init(descriptors: Descriptors) { self.descriptors = descriptors }

    func name(of message: Int) -> String { descriptors.messages[message].name }

    /// The bytes of one message.
    mutating func message(_ value: JSONValue, at index: Int) throws(FieldError) -> [UInt8] {
        guard case .object(let members) = value.content else {
            throw wrong(value, "must be an object in braces")
        }
        let shape = descriptors.messages[index]
        var bytes: [UInt8] = []
        var chosen: [Int: String] = [:]
        for member in members {
            path.enter(member: member.name)
            guard let place = shape.index(jsonName: member.name) else { throw unknown(member, in: shape) }
            let field = shape.fields[place]
            if let oneof = field.oneof, let other = chosen.updateValue(field.jsonName, forKey: oneof) {
                throw FieldError(
                    path: path.text, problem: "\(path.subject) cannot be given together with `\(other)`.",
                    offset: member.offset)
            }
            try append(member.value, of: field, to: &bytes)
            path.leave()
        }
        return bytes
    }

    private mutating func append(
        _ value: JSONValue, of field: FieldShape, to bytes: inout [UInt8]
    ) throws(FieldError) {
        guard field.isRepeated else { return try appendOne(value, of: field, tagged: true, to: &bytes) }
        guard case .array(let elements) = value.content else { throw wrong(value, "must be a list in brackets") }
        guard !elements.isEmpty else { return }
        let isPacked = field.kind.wireType != .lengthDelimited
        var packed: [UInt8] = []
        for (index, element) in elements.enumerated() {
            path.enter(element: index)
            if isPacked {
                try appendOne(element, of: field, tagged: false, to: &packed)
            } else {
                try appendOne(element, of: field, tagged: true, to: &bytes)
            }
            path.leave()
        }
        if isPacked {
            bytes.appendTag(field.number, .lengthDelimited)
            bytes.appendLengthDelimited(packed)
        }
    }

    private mutating func appendOne(
        _ value: JSONValue, of field: FieldShape, tagged: Bool, to bytes: inout [UInt8]
    ) throws(FieldError) {
        if case .null = value.content { throw wrong(value, "must not be null; leave it out instead") }
        if tagged { bytes.appendTag(field.number, field.kind.wireType) }
        switch field.kind {
        case .int32, .int64, .sint32, .sint64, .sfixed32, .sfixed64, .uint32, .uint64, .fixed32, .fixed64:
            try appendNumber(value, of: field, to: &bytes)
        case .bool:
            guard case .bool(let flag) = value.content else {
                throw wrong(value, "must be true or false, without quotes")
            }
            bytes.append(flag ? 1 : 0)
        case .text:
            guard case .text(let text) = value.content else {
                throw wrong(value, "must be text in quotes" + (field.example.map { ", like \"\($0)\"" } ?? ""))
            }
            bytes.appendLengthDelimited(text.utf8)
        case .bytes:
            guard case .text(let text) = value.content, let content = Self.strictBase64(text) else {
                throw wrong(value, "must be bytes as base64 text, with padding")
            }
            bytes.appendLengthDelimited(content)
        case .enumeration(let index):
            bytes.appendVarint(UInt64(bitPattern: Int64(try word(value, of: descriptors.enums[index]))))
        case .message(let index):
            bytes.appendLengthDelimited(try message(value, at: index))
        }
    }

    private func word(_ value: JSONValue, of shape: EnumShape) throws(FieldError) -> Int32 {
        guard case .text(let word) = value.content, let number = shape.number(of: word), number != 0 else {
            var problem = "must be one of \(shape.words.joined(separator: ", "))"
            if case .text(let word) = value.content, let near = NearestWord.find(word, among: shape.words) {
                problem += "; did you mean \(near)?"
                throw FieldError(path: path.text, problem: "\(path.subject) \(problem)", offset: value.offset)
            }
            throw wrong(value, problem)
        }
        return number
    }

    /// Base64 with padding and without stray bits, so that one value has one spelling.
    private static func strictBase64(_ text: String) -> Data? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return data
    }

    func wrong(_ value: JSONValue, _ problem: String) -> FieldError {
        FieldError(path: path.text, problem: "\(path.subject) \(problem).", offset: value.offset)
    }

    private func unknown(_ member: JSONMember, in shape: MessageShape) -> FieldError {
        let names = shape.fields.map(\.jsonName)
        var problem = "\(path.subject) is not a field of \(shape.name)"
        if let near = NearestWord.find(member.name, among: names) {
            problem += "; did you mean `\(near)`?"
        } else if names.isEmpty {
            problem += ", which has none."
        } else {
            problem += "; its fields are \(names.joined(separator: ", "))."
        }
        return FieldError(path: path.text, problem: problem, offset: member.offset)
    }
}
