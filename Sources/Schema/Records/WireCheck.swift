/// Reads Protobuf bytes against the schema without decoding them, and refuses what swift-protobuf lets pass: unknown
/// fields, unknown enum values, a field that should be single given twice, two members of a oneof, another wire type.
struct WireCheck {
    private let descriptors: Descriptors
    private let shapes: WireShapes
    /// Requests come from outside: also refused are U+0000 in text and `unspecified`.
    private let isRequest: Bool

    private static let maxDepth = 32

    /// Of stored records, as they are read.
    static let ofRecords = WireCheck(descriptors: .schema)

    init(descriptors: Descriptors, isRequest: Bool = false) {
        self.descriptors = descriptors
        shapes = descriptors.wire
        self.isRequest = isRequest
    }

    /// - Parameter part: of `bytes`: exactly one message.
    /// - Throws: `FieldError` with the path and the offset into that part.
    func check(_ bytes: UnsafeRawBufferPointer, _ part: Range<Int>, as message: Int) throws(FieldError) {
        do throws(WireFault) {
            try check(WireCursor(bytes, part), as: message, depth: 0)
        } catch {
            var path = FieldPath()
            for member in error.members { path.enter(member: member) }
            throw FieldError(
                path: path.text, problem: "\(path.subject) \(error.problem).",
                offset: error.offset - part.lowerBound)
        }
    }

    func check(_ bytes: [UInt8], as message: Int) throws(FieldError) {
        try bytes.withBytes { (bytes) throws(FieldError) in try check(bytes, 0..<bytes.count, as: message) }
    }

    private func check(_ content: WireCursor, as message: Int, depth: Int) throws(WireFault) {
        var cursor = content
        guard depth < Self.maxDepth else { throw cursor.fault("is nested too deep") }
        var seen = SeenFields()
        while !cursor.isAtEnd {
            let (number, type) = try cursor.tag()
            guard let field = shapes.field(number, of: message) else {
                throw cursor.fault("holds field \(number), which \(descriptors.messages[message].name) does not have")
            }
            do throws(WireFault) {
                try check(field, type, &cursor, depth: depth, &seen)
            } catch {
                var fault = error
                let shape = descriptors.messages[message]
                if let place = shape.index(number: number) { fault.members.insert(shape.fields[place].jsonName, at: 0) }
                throw fault
            }
        }
    }

    @inline(__always)
    private func check(
        _ field: WireShapes.Field, _ type: WireType, _ cursor: inout WireCursor, depth: Int, _ seen: inout SeenFields
    ) throws(WireFault) {
        if !field.isRepeated, seen.hasAlready(field.slot) {
            throw cursor.fault("is given twice, or together with another member of its choice")
        }
        if field.isRepeated, type == .lengthDelimited, field.wireType != .lengthDelimited {
            var packed = try cursor.inner()
            while !packed.isAtEnd { try checkOne(field.kind, &packed, depth: 0) }
        } else {
            guard type == field.wireType else { throw cursor.fault("is of another type") }
            try checkOne(field.kind, &cursor, depth: depth)
        }
    }

    private func checkOne(_ kind: FieldKind, _ cursor: inout WireCursor, depth: Int) throws(WireFault) {
        switch kind {
        case .enumeration(let index):
            let number = try cursor.varint()
            guard shapes.holds(number, enum: index), !isRequest || number != 0 else {
                throw cursor.fault("is none of \(descriptors.enums[index].words.joined(separator: ", "))")
            }
        case .message(let index):
            try check(try cursor.inner(), as: index, depth: depth + 1)
        case .text:
            let text = try cursor.lengthDelimited()
            if isRequest, cursor.content(text).contains(0) {
                throw cursor.fault("must not hold the character U+0000")
            }
        case .bytes: _ = try cursor.lengthDelimited()
        case .fixed32, .sfixed32: try cursor.skip(4)
        case .fixed64, .sfixed64: try cursor.skip(8)
        case .bool:
            guard try cursor.varint() <= 1 else { throw cursor.fault("must be true or false") }
        case .int32, .sint32, .uint32, .int64, .sint64, .uint64:
            guard Self.isInRange(try cursor.varint(), kind) else { throw cursor.fault("is out of range") }
        }
    }

    /// swift-protobuf cuts numbers to 32 bits; what does not fit is no number of ours.
    private static func isInRange(_ value: UInt64, _ kind: FieldKind) -> Bool {
        switch kind {
        case .uint32, .sint32: value <= UInt32.max
        case .int32: Int32(exactly: Int64(bitPattern: value)) != nil
        default: true
        }
    }
}

/// The single fields and oneofs met so far, a bit each.
private struct SeenFields {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    @inline(__always)
    mutating func hasAlready(_ slot: UInt8) -> Bool {
        let bit = UInt64(1) << UInt64(slot & 63)
        if slot < 64 {
            defer { low |= bit }
            return low & bit != 0
        }
        defer { high |= bit }
        return high & bit != 0
    }
}
