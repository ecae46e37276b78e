/// The events of one area, as an enum with their payloads. Written by `tools/generate`.
public protocol AreaEvent: Sendable {
    static var area: EventArea { get }

    /// Decodes an event's own bytes, which `RecordView` has checked.
    ///
    /// - Throws: `RecordError.otherEventType` for an event of another area, else what SwiftProtobuf throws.
    init(type: EventType, bytes: [UInt8]) throws

    var message: any Event { get }
}
