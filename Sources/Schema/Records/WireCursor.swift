/// What is wrong with Protobuf bytes, and where.
struct WireFault: Error {
    var problem: String
    var offset: Int
    /// The fields that lead there, from the outside in; gathered on the way out, so that right bytes pay nothing.
    var members: [String] = []
}

/// Steps through Protobuf bytes; every step is bounded by their end. It lives no longer than the bytes it was lent.
struct WireCursor {
    private let bytes: UnsafeRawBufferPointer
    /// Offset into the bytes of the next to be read.
    private(set) var position: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer) { self.init(bytes, 0..<bytes.count) }

    /// A cursor over a part of `bytes`; offsets stay those of the whole.
    init(_ bytes: UnsafeRawBufferPointer, _ part: Range<Int>) {
        precondition(part.lowerBound >= 0 && part.upperBound <= bytes.count, "a part lies inside")
        self.bytes = bytes
        position = part.lowerBound
        end = part.upperBound
    }

    var isAtEnd: Bool { position == end }

    func fault(_ problem: String) -> WireFault { WireFault(problem: problem, offset: position) }

    /// The bytes of a range that this cursor has answered.
    func content(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[range]) }

    func cursor(in range: Range<Int>) -> WireCursor { WireCursor(bytes, range) }

    /// A cursor over the content that comes next, which it steps over.
    mutating func inner() throws(WireFault) -> WireCursor { cursor(in: try lengthDelimited()) }

    /// Every field in turn, to its end; `body` reads or skips the content.
    @inline(__always)
    func forEachField(
        _ body: (_ number: Int, _ type: WireType, _ cursor: inout WireCursor) throws(WireFault) -> Void
    ) throws(WireFault) {
        var cursor = self
        while !cursor.isAtEnd {
            let (number, type) = try cursor.tag()
            try body(number, type, &cursor)
        }
    }

    @inline(__always)
    mutating func varint() throws(WireFault) -> UInt64 {
        // Most numbers and nearly all tags and lengths are one byte.
        if position < end, bytes[position] < 0x80 {
            defer { position += 1 }
            return UInt64(bytes[position])
        }
        return try longVarint()
    }

    private mutating func longVarint() throws(WireFault) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end {
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

    /// Where the content lies.
    mutating func lengthDelimited() throws(WireFault) -> Range<Int> {
        let length = try varint()
        guard length <= UInt64(end - position) else { throw fault("ends too early") }
        defer { position += Int(length) }
        return position..<position + Int(length)
    }

    mutating func skip(_ count: Int) throws(WireFault) {
        guard count <= end - position else { throw fault("ends too early") }
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

    mutating func fixed64() throws(WireFault) -> UInt64 {
        let start = position
        try skip(8)
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    }

    mutating func text() throws(WireFault) -> String {
        guard let text = String(validating: content(try lengthDelimited()), as: UTF8.self) else {
            throw fault("is not valid UTF-8")
        }
        return text
    }
}
