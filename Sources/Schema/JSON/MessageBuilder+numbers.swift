extension MessageBuilder {
    /// Appends a whole number in its field's wire form, without a tag.
    func appendNumber(_ value: JSONValue, of field: FieldShape, to bytes: inout [UInt8]) throws(FieldError) {
        switch field.kind {
        case .int32: bytes.appendVarint(UInt64(bitPattern: Int64(try integer(value, Int32.self))))
        case .int64: bytes.appendVarint(UInt64(bitPattern: try integer(value, Int64.self)))
        case .uint32: bytes.appendVarint(UInt64(try integer(value, UInt32.self)))
        case .uint64: bytes.appendVarint(try integer(value, UInt64.self))
        case .sint32: bytes.appendVarint(Self.zigZag(Int64(try integer(value, Int32.self))))
        case .sint64: bytes.appendVarint(Self.zigZag(try integer(value, Int64.self)))
        case .fixed32: bytes.appendLittleEndian(try integer(value, UInt32.self))
        case .sfixed32: bytes.appendLittleEndian(try integer(value, Int32.self))
        case .fixed64: bytes.appendLittleEndian(try integer(value, UInt64.self))
        case .sfixed64: bytes.appendLittleEndian(try integer(value, Int64.self))
        case .bool, .text, .bytes, .enumeration, .message: preconditionFailure("not a number")
        }
    }

    private func integer<I: FixedWidthInteger>(_ value: JSONValue, _ type: I.Type) throws(FieldError) -> I {
        if case .text = value.content { throw wrong(value, "must be a whole number, without quotes") }
        guard case .number(let number) = value.content else { throw wrong(value, "must be a whole number") }
        switch number {
        case .notWhole: throw wrong(value, "must be a whole number, without a point or an exponent")
        case .integer(isNegative: true, magnitude: 0): throw wrong(value, "must not be minus zero")
        case .integer(isNegative: false, let magnitude):
            if let integer = I(exactly: magnitude) { return integer }
        case .integer(isNegative: true, let magnitude):
            // 2^63 has no positive counterpart in 64 bits, hence the detour over the complement.
            let signed = Int64(bitPattern: ~magnitude &+ 1)
            if signed < 0, let integer = I(exactly: signed) { return integer }
        case .tooLarge: break
        }
        throw wrong(value, "must be a whole number from \(I.min) to \(I.max)")
    }

    private static func zigZag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }
}
