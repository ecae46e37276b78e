/// The outer shape of a record: where its header and its event lie.
struct RecordShape {
    var header: Range<Int>
    var event: Range<Int>
    var type: EventType
    var glance: HeaderGlance

    init(_ bytes: UnsafeRawBufferPointer) throws(RecordError) {
        guard bytes.count <= RecordView.maxBytes else { throw .tooLarge(bytes: bytes.count) }
        var cursor = WireCursor(bytes)
        header = try Self.header(&cursor)
        guard !cursor.isAtEnd else { throw .eventMissing }
        let number: Int
        do throws(WireFault) {
            let tag = try cursor.tag()
            guard tag.type == .lengthDelimited else { throw cursor.fault("is of another type") }
            number = tag.number
            event = try cursor.lengthDelimited()
        } catch {
            throw .notProtobuf(offset: error.offset)
        }
        guard let type = EventType(rawValue: UInt32(number)) else { throw .unknownEventType(UInt64(number)) }
        guard cursor.isAtEnd else { throw .trailingBytes(offset: cursor.position) }
        self.type = type
        glance = try HeaderGlance(cursor.cursor(in: header))
    }

    private static func header(_ cursor: inout WireCursor) throws(RecordError) -> Range<Int> {
        do throws(WireFault) {
            guard !cursor.isAtEnd, try cursor.tag() == (1, .lengthDelimited) else { throw cursor.fault("header") }
            return try cursor.lengthDelimited()
        } catch {
            throw error.problem == "header" ? .headerMissing : .notProtobuf(offset: error.offset)
        }
    }
}
