/// The header of a stored record, as folds read it. The message `Header` in full is `RecordView.header()`.
public struct RecordHeader: Hashable, Sendable {
    /// Milliseconds UTC.
    public var recordedAt: Int64 = 0
    /// Milliseconds UTC.
    public var effectiveAt: Int64 = 0
    /// Which event of its command, from 0.
    public var index: UInt32 = 0
    /// How many events its command has.
    public var count: UInt32 = 0
    public var actor = Actor()
    public var onBehalfOf: UInt64?
    public var role = Role.Value.unspecified
    public var door = Door()
    public var purpose = Purpose.Value.unspecified
    public var commandIDHigh: UInt64 = 0
    public var commandIDLow: UInt64 = 0
    public var requestMAC: [UInt8] = []
    public var macKey: UInt32 = 0
    public var clockSkew = false
    public var subjects: [Subject] = []
    public var keys: [KeyUse] = []

    public init(_ header: Header) {
        recordedAt = header.recordedAt
        effectiveAt = header.effectiveAt
        index = header.index
        count = header.count
        actor = header.actor
        onBehalfOf = header.hasOnBehalfOf ? header.onBehalfOf : nil
        role = header.role
        door = header.door
        purpose = header.purpose
        commandIDHigh = header.commandIDHigh
        commandIDLow = header.commandIDLow
        requestMAC = [UInt8](header.requestMac)
        macKey = header.macKey
        clockSkew = header.clockSkew
        subjects = header.subjects
        keys = header.keys
    }

    /// Reads a header's own bytes, which `WireCheck` has passed. The message keeps its fields behind a reference, which
    /// costs more than reading them.
    init(_ content: WireCursor) throws(WireFault) {
        try content.forEachField { (number, type, cursor) throws(WireFault) in
            // Field numbers of `Header` in record.proto.
            switch number {
            case 2: recordedAt = Int64(bitPattern: try cursor.varint())
            case 3: effectiveAt = Int64(bitPattern: try cursor.varint())
            case 4: index = UInt32(truncatingIfNeeded: try cursor.varint())
            case 5: count = UInt32(truncatingIfNeeded: try cursor.varint())
            case 6: actor = try Actor(try cursor.inner())
            case 7: onBehalfOf = try cursor.varint()
            case 8: role = try cursor.value() ?? .unspecified
            case 9: door = try Door(try cursor.inner())
            case 10: purpose = try cursor.value() ?? .unspecified
            case 11: commandIDHigh = try cursor.fixed64()
            case 12: commandIDLow = try cursor.fixed64()
            case 13: requestMAC = [UInt8](cursor.content(try cursor.lengthDelimited()))
            case 14: macKey = UInt32(truncatingIfNeeded: try cursor.varint())
            case 17: clockSkew = try cursor.varint() != 0
            case 18: subjects.append(try Subject(try cursor.inner()))
            case 19: keys.append(try KeyUse(try cursor.inner()))
            default: try cursor.skip(type)
            }
        }
    }
}
