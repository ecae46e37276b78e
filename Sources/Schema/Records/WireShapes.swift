/// The schema as the check of wire bytes needs it: flat and without text, so that looking a field up touches no reference
/// counts.
struct WireShapes: Sendable {
    struct Field {
        var kind: FieldKind
        var wireType: WireType
        var isRepeated: Bool
        /// Which bit tells that it was met: one for each single field, one for each oneof.
        var slot: UInt8
    }

    private struct Message {
        /// Index into `places` of field number 1.
        var base: Int
        /// Numbers from 1 to this are looked up there.
        var directMax: Int
    }

    private let messages: [Message]
    /// For each message, number - 1 → 1 + index into `fields`; 0 for none.
    private let places: [UInt16]
    private let fields: [Field]
    /// Numbers too large for `places`: those of events within a record.
    private let large: [Int: [Int: UInt16]]
    /// The numbers 0...63 that each enum has.
    private let enumBits: [UInt64]
    /// Those outside, as varints hold them; there are none but in tests.
    private let otherValues: [[UInt64]]

    private static let directMax = 255

    init(messages shapes: [MessageShape], enums: [EnumShape]) {
        var messages: [Message] = []
        var places: [UInt16] = []
        var fields: [Field] = []
        var large: [Int: [Int: UInt16]] = [:]
        for (index, shape) in shapes.enumerated() {
            let directMax = shape.fields.map(\.number).filter { $0 <= Self.directMax }.max() ?? 0
            messages.append(Message(base: places.count, directMax: directMax))
            places += Array(repeating: 0, count: directMax)
            var slots = Slots(oneofs: shape.oneofs.count)
            for field in shape.fields {
                fields.append(
                    Field(
                        kind: field.kind, wireType: field.kind.wireType, isRepeated: field.isRepeated,
                        slot: slots.slot(of: field)))
                if field.number <= directMax {
                    places[messages[index].base + field.number - 1] = UInt16(fields.count)
                } else {
                    large[index, default: [:]][field.number] = UInt16(fields.count)
                }
            }
        }
        self.messages = messages
        self.places = places
        self.fields = fields
        self.large = large
        enumBits = enums.map { shape in
            shape.values.reduce(0) { (0..<64).contains($1.number) ? $0 | 1 << UInt64($1.number) : $0 }
        }
        otherValues = enums.map { shape in
            shape.values.filter { !(0..<64).contains($0.number) }.map { UInt64(bitPattern: Int64($0.number)) }
        }
    }

    /// The field of a message with a number.
    func field(_ number: Int, of message: Int) -> Field? {
        let shape = messages[message]
        let place = number <= shape.directMax ? places[shape.base + number - 1] : (large[message]?[number] ?? 0)
        return place == 0 ? nil : fields[Int(place) - 1]
    }

    func holds(_ number: UInt64, enum index: Int) -> Bool {
        number < 64 ? enumBits[index] >> number & 1 == 1 : otherValues[index].contains(number)
    }

    private struct Slots {
        var next: UInt8

        init(oneofs: Int) { next = UInt8(oneofs) }

        mutating func slot(of field: FieldShape) -> UInt8 {
            if let oneof = field.oneof { return UInt8(oneof) }
            guard !field.isRepeated else { return 0 }
            precondition(next < 128, "a message has at most 128 single fields")
            defer { next += 1 }
            return next
        }
    }
}
