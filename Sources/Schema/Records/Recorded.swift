/// One record of the log, read.
public struct Recorded: Sendable {
    public let position: UInt64
    public let header: RecordHeader
    public let type: EventType
    public let event: AnyEvent

    public init(position: UInt64, header: RecordHeader, type: EventType, event: AnyEvent) {
        self.position = position
        self.header = header
        self.type = type
        self.event = event
    }

    /// A sealed field of this event, with its place and owner; nil when the field is absent.
    public func sealed(
        _ field: Sealed, ordinal: inout UInt32, of person: UInt64, _ category: Category.Value
    ) -> SealedAt? {
        guard !field.keyID.isEmpty else { return nil }
        defer { ordinal += 1 }
        var place = SealedAt()
        place.position = position
        place.ordinal = ordinal
        place.sealed = field
        place.person = person
        place.category = category
        return place
    }
}
