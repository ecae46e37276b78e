/// What is wrong with Protobuf bytes, and where.
struct WireFault: Error {
    var problem: String
    var offset: Int
}

/// Steps through Protobuf bytes; every step is bounded by their end.
struct WireCursor {
    private let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    func fault(_ problem: String) -> WireFault { WireFault(problem: problem, offset: position) }

    mutating func varint() throws(WireFault) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.endIndex {
            let byte = bytes[position]
            position += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw fault("holds a number beyond 64 bits") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw fault("ends too early")
    }

    /// A field's number and wire type.
    mutating func tag() throws(WireFault) -> (number: Int, type: WireType) {
        let tag = try varint()
        guard let type = WireType(rawValue: tag & 7), tag >> 3 > 0, tag >> 3 < 1 << 29 else {
            throw fault("is not valid Protobuf")
        }
        return (Int(tag >> 3), type)
    }

    mutating func lengthDelimited() throws(WireFault) -> ArraySlice<UInt8> {
        let length = try varint()
        guard length <= UInt64(bytes.endIndex - position) else { throw fault("ends too early") }
        defer { position += Int(length) }
        return bytes[position..<position + Int(length)]
    }

    mutating func skip(_ count: Int) throws(WireFault) {
        guard count <= bytes.endIndex - position else { throw fault("ends too early") }
        position += count
    }

    mutating func skip(_ type: WireType) throws(WireFault) {
        switch type {
        case .varint: _ = try varint()
        case .fixed64: try skip(8)
        case .lengthDelimited: _ = try lengthDelimited()
        case .fixed32: try skip(4)
        }
    }
}
