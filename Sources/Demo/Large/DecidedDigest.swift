import Crypto
import Foundation
import Schema
import SwiftProtobuf
import Synchronization

/// SHA-256 over what was decided, record by record: who did what to whom and when, and every field of every event but
/// its bytes. All bytes that events hold are random by design: keys, sealed boxes, commitments, and hashes of secrets. The
/// user id of whoever makes the clinic is left out too.
final class DecidedDigest: Sendable {
    private let hash = Mutex(SHA256())

    func take(_ records: [Recorded]) {
        var fields = DecidedFields()
        for recorded in records {
            let header = recorded.header
            fields.add(recorded.position)
            fields.add(UInt64(recorded.type.rawValue))
            for number in [header.recordedAt, header.effectiveAt] { fields.add(UInt64(bitPattern: number)) }
            for number in [header.actor.id, header.commandIDHigh, header.commandIDLow] { fields.add(number) }
            fields.add(UInt64(header.index) << 32 | UInt64(header.count))
            fields.add(UInt64(header.role.rawValue) << 32 | UInt64(header.purpose.rawValue))
            for subject in header.subjects { fields.add(UInt64(subject.kind.rawValue) << 56 ^ subject.id) }
            for use in header.keys { fields.add(UInt64(use.category.rawValue) << 56 ^ use.person) }
            fields.add(recorded.event.message)
        }
        hash.withLock { $0.update(data: fields.bytes) }
    }

    /// 64 hex digits.
    var hex: String {
        hash.withLock { Data($0.finalize()) }.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}

/// The fields of messages as they are visited, in the order of their numbers, without bytes.
private struct DecidedFields: Visitor {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ message: some Message) {
        do {
            try message.traverse(visitor: &self)
        } catch {
            preconditionFailure("visiting a message failed: \(error)")
        }
        bytes.append(0)
    }

    private mutating func add(_ field: Int, _ value: UInt64) {
        bytes.append(UInt8(truncatingIfNeeded: field))
        add(value)
    }

    mutating func visitSingularInt64Field(value: Int64, fieldNumber: Int) {
        add(fieldNumber, UInt64(bitPattern: value))
    }
    mutating func visitSingularUInt64Field(value: UInt64, fieldNumber: Int) { add(fieldNumber, value) }
    mutating func visitSingularBoolField(value: Bool, fieldNumber: Int) { add(fieldNumber, value ? 1 : 0) }
    mutating func visitSingularDoubleField(value: Double, fieldNumber: Int) { add(fieldNumber, value.bitPattern) }
    mutating func visitSingularBytesField(value: Data, fieldNumber: Int) {}

    mutating func visitSingularStringField(value: String, fieldNumber: Int) {
        add(fieldNumber, UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func visitSingularEnumField<E: Enum>(value: E, fieldNumber: Int) {
        add(fieldNumber, UInt64(truncatingIfNeeded: value.rawValue))
    }

    mutating func visitSingularMessageField<M: Message>(value: M, fieldNumber: Int) {
        bytes.append(UInt8(truncatingIfNeeded: fieldNumber))
        add(value)
    }

    mutating func visitSingularGroupField<G: Message>(value: G, fieldNumber: Int) { add(value) }

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

    mutating func visitUnknown(bytes: Data) {}
}
