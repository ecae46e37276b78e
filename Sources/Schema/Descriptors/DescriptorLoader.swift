import Foundation
import SwiftProtobuf

/// Turns a descriptor set into shapes: first all names, so that fields can refer to them, then the fields.
struct DescriptorLoader {
    private let set: Google_Protobuf_FileDescriptorSet
    private var messageIndex: [String: Int] = [:]
    private var enumIndex: [String: Int] = [:]
    private var enums: [EnumShape] = []
    private var pending: [Pending] = []

    private struct Pending {
        var message: Google_Protobuf_DescriptorProto
        var fullName: String
        var name: String
        var file: String
        var path: [Int32]
        var comments: [[Int32]: String]
    }

    init(_ set: Google_Protobuf_FileDescriptorSet) { self.set = set }

    mutating func load() throws -> Descriptors {
        for file in set.file {
            let comments = Self.comments(of: file)
            for (index, message) in file.messageType.enumerated() {
                add(message, to: file, named: message.name, at: [4, Int32(index)], comments)
            }
            for (index, enumeration) in file.enumType.enumerated() {
                add(enumeration, named: "\(file.package).\(enumeration.name)", at: [5, Int32(index)], comments)
            }
        }
        return Descriptors(messages: try pending.map(shape), enums: enums)
    }

    /// Field numbers in descriptor.proto: 4 and 3 are messages (in a file, in a message), 5 and 4 enums, 2 fields or values.
    private mutating func add(
        _ message: Google_Protobuf_DescriptorProto, to file: Google_Protobuf_FileDescriptorProto,
        named name: String, at path: [Int32], _ comments: [[Int32]: String]
    ) {
        let fullName = file.package.isEmpty ? name : "\(file.package).\(name)"
        messageIndex[fullName] = pending.count
        pending.append(
            Pending(message: message, fullName: fullName, name: name, file: file.name, path: path, comments: comments))
        for (index, nested) in message.nestedType.enumerated() {
            add(nested, to: file, named: "\(name).\(nested.name)", at: path + [3, Int32(index)], comments)
        }
        for (index, nested) in message.enumType.enumerated() {
            add(nested, named: "\(fullName).\(nested.name)", at: path + [4, Int32(index)], comments)
        }
    }

    private mutating func add(
        _ enumeration: Google_Protobuf_EnumDescriptorProto, named fullName: String, at path: [Int32],
        _ comments: [[Int32]: String]
    ) {
        enumIndex[fullName] = enums.count
        let values = enumeration.value.enumerated().map { index, value in
            EnumShape.EnumValue(
                word: value.name, number: value.number, comment: comments[path + [2, Int32(index)]] ?? "")
        }
        enums.append(EnumShape(fullName: fullName, values: values))
    }

    private func shape(_ pending: Pending) throws -> MessageShape {
        let message = pending.message
        guard message.extensionRange.isEmpty, !message.options.mapEntry else {
            throw DescriptorError.notAllowed(field: pending.fullName)
        }
        let fields = try message.field.enumerated().map { index, field in
            FieldShape(
                number: Int(field.number), name: field.name, jsonName: field.jsonName,
                kind: try kind(of: field, in: pending.fullName),
                isRepeated: field.label == .repeated,
                oneof: field.hasOneofIndex && !field.proto3Optional ? Int(field.oneofIndex) : nil,
                comment: pending.comments[pending.path + [2, Int32(index)]] ?? "")
        }
        return MessageShape(
            fullName: pending.fullName, name: pending.name, file: pending.file,
            comment: pending.comments[pending.path] ?? "", fields: fields,
            // An `optional` field has a oneof of its own in the descriptor; protoc puts those last.
            oneofs: message.oneofDecl.map(\.name).dropLast(message.field.count { $0.proto3Optional }))
    }

    private func kind(of field: Google_Protobuf_FieldDescriptorProto, in message: String) throws -> FieldKind {
        // Type names are absolute, with a leading dot.
        let typeName = String(field.typeName.dropFirst())
        switch field.type {
        case .int32: return .int32
        case .int64: return .int64
        case .uint32: return .uint32
        case .uint64: return .uint64
        case .sint32: return .sint32
        case .sint64: return .sint64
        case .fixed32: return .fixed32
        case .fixed64: return .fixed64
        case .sfixed32: return .sfixed32
        case .sfixed64: return .sfixed64
        case .bool: return .bool
        case .string: return .text
        case .bytes: return .bytes
        case .enum:
            guard let index = enumIndex[typeName] else { throw DescriptorError.unknownType(field: field.name) }
            return .enumeration(index)
        case .message:
            guard let index = messageIndex[typeName] else { throw DescriptorError.unknownType(field: field.name) }
            return .message(index)
        case .double, .float, .group: throw DescriptorError.notAllowed(field: "\(message).\(field.name)")
        }
    }

    private static func comments(of file: Google_Protobuf_FileDescriptorProto) -> [[Int32]: String] {
        var comments: [[Int32]: String] = [:]
        for location in file.sourceCodeInfo.location {
            let text = location.leadingComments.isEmpty ? location.trailingComments : location.leadingComments
            let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            let comment = lines.filter { !$0.isEmpty }.joined(separator: " ")
            if !comment.isEmpty { comments[location.path] = comment }
        }
        return comments
    }
}
