/// Protobuf's wire types that the schema uses.
enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
}

extension FieldKind {
    /// How one value of the kind is written.
    var wireType: WireType {
        switch self {
        case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enumeration: .varint
        case .fixed64, .sfixed64: .fixed64
        case .fixed32, .sfixed32: .fixed32
        case .text, .bytes, .message: .lengthDelimited
        }
    }
}

extension [UInt8] {
    /// Lends the bytes; unlike the library's own it keeps the error's type.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let result: Swift.Result<Result, Failure> = withUnsafeBytes { bytes in
            do throws(Failure) {
                return .success(try body(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    mutating func appendVarint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        append(UInt8(value))
    }

    mutating func appendTag(_ number: Int, _ type: WireType) {
        appendVarint(UInt64(number) << 3 | type.rawValue)
    }

    mutating func appendLengthDelimited(_ content: some Collection<UInt8>) {
        appendVarint(UInt64(content.count))
        append(contentsOf: content)
    }

    mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
