import Foundation
import SwiftProtobuf

@testable import Schema

/// Protobuf bytes of a message in which every field is set, to values that follow from the fields' numbers alone.
struct GoldenMessage {
    let shapes: Descriptors

    func bytes(of message: MessageShape) -> [UInt8] {
        var bytes: [UInt8] = []
        var choices: Set<Int> = []
        for field in message.fields {
            // Of a choice the first member; an optional field is a choice of its own.
            if let oneof = field.oneof, !choices.insert(oneof).inserted { continue }
            for time in 0..<(field.isRepeated ? 2 : 1) { append(field, time, to: &bytes) }
        }
        return bytes
    }

    private func append(_ field: FieldShape, _ time: Int, to bytes: inout [UInt8]) {
        let number = UInt64(field.number + 100 * time)
        bytes.appendTag(field.number, field.kind.wireType)
        switch field.kind {
        case .bool: bytes.appendVarint(1)
        case .uint32, .uint64: bytes.appendVarint(number)
        case .int64: bytes.appendVarint(field.name.hasSuffix("_at") ? 1_796_133_600_000 + number : 12_000 + number)
        // Below zero, which is the longest form.
        case .int32: bytes.appendVarint(UInt64(bitPattern: -Int64(number)))
        case .sint32, .sint64: bytes.appendVarint(number << 1 | 1)
        case .fixed32, .sfixed32: bytes.appendLittleEndian(UInt32(number))
        case .fixed64, .sfixed64: bytes.appendLittleEndian(0x0102_0304_0506_0700 + number)
        case .text: bytes.appendLengthDelimited("\(field.name) \(number) Zoë".utf8)
        case .bytes: bytes.appendLengthDelimited((0..<size(of: field)).map { UInt8(truncatingIfNeeded: $0 &+ number) })
        case .enumeration(let index):
            let values = shapes.enums[index].values.filter { $0.number != 0 }
            bytes.appendVarint(UInt64(values[(values.count - 1 + time) % values.count].number))
        case .message(let index): bytes.appendLengthDelimited(self.bytes(of: shapes.messages[index]))
        }
    }

    /// A key id or 16 random bytes, unless it is a hash or the box of an empty text.
    private func size(of field: FieldShape) -> UInt64 {
        switch field.name {
        case "commitment", "sha256": 32
        case "box": 92
        default: 16
        }
    }

    /// Paths of fields that the JSON of a message lacks, whatever their value.
    func missing(in json: [String: Any], of message: MessageShape) -> [String] {
        var choices: Set<Int> = []
        for field in message.fields where json[field.jsonName] != nil {
            if let oneof = field.oneof { choices.insert(oneof) }
        }
        return message.fields.flatMap { field -> [String] in
            guard let value = json[field.jsonName] else {
                return field.oneof.map(choices.contains) ?? false ? [] : [field.jsonName]
            }
            guard case .message(let index) = field.kind else { return [] }
            let parts = (value as? [[String: Any]]) ?? (value as? [String: Any]).map { [$0] } ?? []
            return parts.flatMap { missing(in: $0, of: shapes.messages[index]) }.map { "\(field.jsonName).\($0)" }
        }
    }
}
