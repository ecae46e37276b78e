import Foundation
import SwiftProtobuf

/// The bytes over which a request's MAC is computed: the same for the same request in every build, for which Protobuf
/// makes no promise.
///
/// Frozen. Each value that is set, in the order of field numbers, is
///
///     field number u32 ‖ kind u8 ‖ length u32 ‖ content          (all big-endian)
///
/// with kinds 1 signed number (8 bytes, two's complement), 2 unsigned number (8), 3 bool (1), 4 text (UTF-8), 5 bytes,
/// 6 enum (8, as signed), 7 message (its own canonical bytes), 8 floating point (8, IEEE 754). A list is its values one
/// after the other. A field that is set to 0 is written, one that is not set is not. Fields that the schema does not
/// know follow last, as number 0 and kind 0.
public enum CanonicalWriter {
    /// - Precondition: The message has no maps or extensions, which the schema excludes.
    public static func bytes(of message: some Message) -> [UInt8] {
        var visitor = CanonicalVisitor()
        do {
            try message.traverse(visitor: &visitor)
        } catch {
            preconditionFailure("visiting a message failed: \(error)")
        }
        return visitor.bytes
    }
}

/// Collects values as they are visited and puts them in order, since the order of visits is promised nowhere.
private struct CanonicalVisitor: Visitor {
    private var values: [(number: UInt32, bytes: [UInt8])] = []

    var bytes: [UInt8] {
        let isLast = { (number: UInt32) in number == 0 ? UInt32.max : number }
        let ordered = values.enumerated().sorted {
            (isLast($0.element.number), $0.offset) < (isLast($1.element.number), $1.offset)
        }
        return ordered.flatMap(\.element.bytes)
    }

    private mutating func add(_ number: Int, _ kind: UInt8, _ content: some Collection<UInt8>) {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(UInt32(number))
        bytes.append(kind)
        bytes.appendBigEndian(UInt32(content.count))
        bytes.append(contentsOf: content)
        values.append((UInt32(number), bytes))
    }

    private static func eight(_ value: some FixedWidthInteger) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(value)
        return bytes
    }

    mutating func visitSingularInt64Field(value: Int64, fieldNumber: Int) { add(fieldNumber, 1, Self.eight(value)) }
    mutating func visitSingularUInt64Field(value: UInt64, fieldNumber: Int) { add(fieldNumber, 2, Self.eight(value)) }
    mutating func visitSingularBoolField(value: Bool, fieldNumber: Int) { add(fieldNumber, 3, [value ? 1 : 0]) }
    mutating func visitSingularStringField(value: String, fieldNumber: Int) { add(fieldNumber, 4, value.utf8) }
    mutating func visitSingularBytesField(value: Data, fieldNumber: Int) { add(fieldNumber, 5, value) }

    mutating func visitSingularEnumField<E: Enum>(value: E, fieldNumber: Int) {
        add(fieldNumber, 6, Self.eight(Int64(value.rawValue)))
    }

    mutating func visitSingularMessageField<M: Message>(value: M, fieldNumber: Int) {
        add(fieldNumber, 7, CanonicalWriter.bytes(of: value))
    }

    mutating func visitSingularGroupField<G: Message>(value: G, fieldNumber: Int) {
        visitSingularMessageField(value: value, fieldNumber: fieldNumber)
    }

    mutating func visitSingularDoubleField(value: Double, fieldNumber: Int) {
        add(fieldNumber, 8, Self.eight(value.bitPattern))
    }

    mutating func visitMapField<KeyType, ValueType: MapValueType>(
        fieldType: _ProtobufMap<KeyType, ValueType>.Type, value: _ProtobufMap<KeyType, ValueType>.BaseType,
        fieldNumber: Int
    ) { preconditionFailure("the schema has no maps") }

    mutating func visitMapField<KeyType, ValueType>(
        fieldType: _ProtobufEnumMap<KeyType, ValueType>.Type,
        value: _ProtobufEnumMap<KeyType, ValueType>.BaseType, fieldNumber: Int
    ) where ValueType.RawValue == Int { preconditionFailure("the schema has no maps") }

    mutating func visitMapField<KeyType, ValueType>(
        fieldType: _ProtobufMessageMap<KeyType, ValueType>.Type,
        value: _ProtobufMessageMap<KeyType, ValueType>.BaseType, fieldNumber: Int
    ) { preconditionFailure("the schema has no maps") }

    mutating func visitUnknown(bytes: Data) { add(0, 0, bytes) }
}
