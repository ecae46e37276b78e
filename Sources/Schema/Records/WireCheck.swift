import Foundation

/// Reads Protobuf bytes against the schema without decoding them, and refuses what swift-protobuf lets pass: unknown
/// fields, unknown enum values, a field that should be single given twice, two members of a oneof, another wire type.
struct WireCheck {
    let descriptors: Descriptors
    /// Requests come from outside: also refused are U+0000 in text and `unspecified`.
    let isRequest: Bool

    private static let maxDepth = 32

    init(descriptors: Descriptors, isRequest: Bool = false) {
        self.descriptors = descriptors
        self.isRequest = isRequest
    }

    /// - Parameter bytes: Exactly one message.
    /// - Throws: `FieldError` with the path and the offset into `bytes`.
    func check(_ bytes: ArraySlice<UInt8>, as message: Int) throws(FieldError) {
        var path = FieldPath()
        do throws(WireFault) {
            try check(bytes, as: message, depth: 0, &path)
        } catch {
            let place = path.text
            let problem = "\(path.subject) \(error.problem)."
            throw FieldError(path: place, problem: problem, offset: error.offset - bytes.startIndex)
        }
    }

    private func check(
        _ bytes: ArraySlice<UInt8>, as message: Int, depth: Int, _ path: inout FieldPath
    ) throws(WireFault) {
        let shape = descriptors.messages[message]
        var cursor = WireCursor(bytes)
        guard depth < Self.maxDepth else { throw cursor.fault("is nested too deep") }
        var seen = SeenFields()
        while !cursor.isAtEnd {
            let (number, type) = try cursor.tag()
            guard let place = shape.index(number: number) else {
                throw cursor.fault("holds field \(number), which \(shape.name) does not have")
            }
            let field = shape.fields[place]
            path.enter(member: field.jsonName)
            if !field.isRepeated, seen.hasAlready(field) {
                throw cursor.fault("is given twice, or together with another member of its choice")
            }
            if field.isRepeated, type == .lengthDelimited, field.kind.wireType != .lengthDelimited {
                try checkPacked(field, in: try cursor.lengthDelimited(), &path)
            } else {
                guard type == field.kind.wireType else { throw cursor.fault("is of another type") }
                try checkOne(field, &cursor, depth: depth, &path)
            }
            path.leave()
        }
    }

    private func checkPacked(
        _ field: FieldShape, in bytes: ArraySlice<UInt8>, _ path: inout FieldPath
    ) throws(WireFault) {
        var cursor = WireCursor(bytes)
        while !cursor.isAtEnd { try checkOne(field, &cursor, depth: 0, &path) }
    }

    private func checkOne(
        _ field: FieldShape, _ cursor: inout WireCursor, depth: Int, _ path: inout FieldPath
    ) throws(WireFault) {
        switch field.kind {
        case .enumeration(let index):
            let value = try cursor.varint()
            guard let number = Int32(exactly: Int64(bitPattern: value)), descriptors.enums[index].holds(number),
                !isRequest || number != 0
            else { throw cursor.fault("is none of \(descriptors.enums[index].words.joined(separator: ", "))") }
        case .message(let index):
            try check(try cursor.lengthDelimited(), as: index, depth: depth + 1, &path)
        case .text:
            let text = try cursor.lengthDelimited()
            if isRequest, text.contains(0) { throw cursor.fault("must not hold the character U+0000") }
        case .bytes: _ = try cursor.lengthDelimited()
        case .fixed32, .sfixed32: try cursor.skip(4)
        case .fixed64, .sfixed64: try cursor.skip(8)
        case .bool:
            guard try cursor.varint() <= 1 else { throw cursor.fault("must be true or false") }
        case .int32, .sint32, .uint32, .int64, .sint64, .uint64:
            guard Self.isInRange(try cursor.varint(), field.kind) else { throw cursor.fault("is out of range") }
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

/// The single fields met so far, by number or by oneof. Numbers up to 63 take a bit each, which is nearly all of them.
private struct SeenFields {
    private var low: UInt64 = 0
    private var high: Set<Int> = []

    mutating func hasAlready(_ field: FieldShape) -> Bool {
        // Oneofs count downwards from -1, where no field numbers are.
        if let oneof = field.oneof { return !high.insert(-1 - oneof).inserted }
        guard field.number < 64 else { return !high.insert(field.number).inserted }
        let bit = UInt64(1) << UInt64(field.number)
        defer { low |= bit }
        return low & bit != 0
    }
}
