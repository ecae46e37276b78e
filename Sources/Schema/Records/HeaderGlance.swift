/// The few fields of a header that paging, cutting and as-of need, read without decoding the rest.
struct HeaderGlance {
    var recordedAtMs: Int64 = 0
    var effectiveAtMs: Int64 = 0
    var index: UInt32 = 0
    var count: UInt32 = 0

    /// - Throws: `notProtobuf` with the offset into the record, or `headerInvalid`.
    init(_ header: WireCursor) throws(RecordError) {
        var randomBytes = 0
        do throws(WireFault) {
            try header.forEachField { (number, type, cursor) throws(WireFault) in
                // Field numbers of `Header` in record.proto.
                switch (number, type) {
                case (1, .lengthDelimited): randomBytes = try cursor.lengthDelimited().count
                case (2, .varint): recordedAtMs = Int64(bitPattern: try cursor.varint())
                case (3, .varint): effectiveAtMs = Int64(bitPattern: try cursor.varint())
                case (4, .varint): index = try Self.small(&cursor)
                case (5, .varint): count = try Self.small(&cursor)
                default: try cursor.skip(type)
                }
            }
        } catch {
            throw .notProtobuf(offset: error.offset)
        }
        guard index < count, randomBytes == 16 else { throw .headerInvalid }
    }

    private static func small(_ cursor: inout WireCursor) throws(WireFault) -> UInt32 {
        guard let value = UInt32(exactly: try cursor.varint()) else { throw cursor.fault("is out of range") }
        return value
    }
}
