import SwiftProtobuf

/// A stored record: its shape is checked, its header and event are decoded when asked for.
public struct RecordView: Sendable {
    /// 60 KiB, which leaves room below the 65,535 bytes of an entry bundle (C2SP tlog-tiles).
    public static let maxBytes = 60 * 1024

    public let bytes: [UInt8]
    /// Where the header's own bytes lie.
    public let headerRange: Range<Int>
    /// Where the event's own bytes lie.
    public let eventRange: Range<Int>
    public let type: EventType
    /// When it was recorded, milliseconds UTC.
    public let recordedAtMs: Int64
    /// When it was true, milliseconds UTC.
    public let effectiveAtMs: Int64
    /// Which event of its command, from 0.
    public let indexInCommand: UInt32
    /// How many events its command has.
    public let countInCommand: UInt32

    /// - Throws: `RecordError`; what is inside header and event is checked by `header()` and `event(_:)`.
    public init(_ bytes: [UInt8]) throws(RecordError) {
        let shape = try bytes.withBytes { (bytes) throws(RecordError) in try RecordShape(bytes) }
        self.bytes = bytes
        type = shape.type
        headerRange = shape.header
        eventRange = shape.event
        recordedAtMs = shape.glance.recordedAtMs
        effectiveAtMs = shape.glance.effectiveAtMs
        indexInCommand = shape.glance.index
        countInCommand = shape.glance.count
    }

    /// Copies the bytes, so that the view outlives the transaction that lent them.
    public init(copying bytes: UnsafeRawBufferPointer) throws(RecordError) {
        guard bytes.count <= Self.maxBytes else { throw .tooLarge(bytes: bytes.count) }
        try self.init(Array(bytes))
    }

    /// The type of a record whose shape is sound. Nothing is copied: most records of a replay are not wanted.
    public static func type(of bytes: UnsafeRawBufferPointer) throws(RecordError) -> EventType {
        try RecordShape(bytes).type
    }

    /// Whether it is the last event of its command.
    public var endsCommand: Bool { indexInCommand + 1 == countInCommand }

    public func header() throws(RecordError) -> Header { try decode(Header.self, headerRange) }

    /// The event, which must be of that type.
    public func event<E: Event>(_ event: E.Type = E.self) throws(RecordError) -> E {
        guard E.type == type else { throw .otherEventType(type) }
        return try decode(E.self, eventRange)
    }

    /// The event, which must be of that area.
    public func event<A: AreaEvent>(of area: A.Type = A.self) throws(RecordError) -> A {
        guard A.area == type.area else { throw .otherEventType(type) }
        try check(eventShape, eventRange)
        do {
            return try A(type: type, bytes: Array(bytes[eventRange]))
        } catch {
            throw Self.notUTF8
        }
    }

    /// The event, whatever it is.
    public func anyEvent() throws(RecordError) -> AnyEvent {
        try check(eventShape, eventRange)
        do {
            return try AnyEvent(type: type, bytes: Array(bytes[eventRange]))
        } catch {
            throw Self.notUTF8
        }
    }

    /// All of it, as the record of a position.
    public func recorded(at position: UInt64) throws(RecordError) -> Recorded {
        try check(Self.headerShape, headerRange)
        let header = try bytes.withBytes { (bytes) throws(RecordError) in
            do throws(WireFault) {
                return try RecordHeader(WireCursor(bytes, headerRange))
            } catch {
                throw Self.notUTF8
            }
        }
        return Recorded(position: position, header: header, type: type, event: try anyEvent())
    }

    private func decode<M: Message>(_ message: M.Type, _ range: Range<Int>) throws(RecordError) -> M {
        try check(message, range)
        do {
            return try M(serializedBytes: Array(bytes[range]))
        } catch {
            throw Self.notUTF8
        }
    }

    private func check(_ message: any Message.Type, _ range: Range<Int>) throws(RecordError) {
        try check(Descriptors.schema.index(of: message), range)
    }

    private func check(_ message: Int, _ range: Range<Int>) throws(RecordError) {
        try bytes.withBytes { (bytes) throws(RecordError) in
            do throws(FieldError) {
                try WireCheck.ofRecords.check(bytes, range, as: message)
            } catch {
                throw .contentInvalid(error)
            }
        }
    }

    private static let headerShape = Descriptors.schema.index(of: Header.self)
    /// Found by type, which is cheaper to look up than a name.
    private var eventShape: Int { Self.shapes[type] ?? Descriptors.schema.index(of: type.message) }
    private static let shapes = Dictionary(
        uniqueKeysWithValues: EventType.allCases.map { ($0, Descriptors.schema.index(of: $0.message)) })

    /// The one thing that the check leaves to the decoder.
    private static let notUTF8 = RecordError.contentInvalid(
        FieldError(path: "", problem: "A text is not valid UTF-8."))
}
