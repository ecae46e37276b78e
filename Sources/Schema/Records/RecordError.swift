/// Why bytes are not a record of ours. None of these may be skipped: an older binary would silently compute another state.
public enum RecordError: Error, Hashable, Sendable {
    /// More than a record may have.
    case tooLarge(bytes: Int)
    /// The bytes end too early, or are not Protobuf.
    case notProtobuf(offset: Int)
    /// A record begins with its header, once.
    case headerMissing
    /// No event follows the header.
    case eventMissing
    /// Something follows the event.
    case trailingBytes(offset: Int)
    /// An event that this build does not know.
    case unknownEventType(UInt64)
    /// The event is of another type than was asked for.
    case otherEventType(EventType)
    /// The header does not say which event of how many it is, or lacks its random bytes.
    case headerInvalid
    /// An unknown field or value, or a text that is not UTF-8, in the header or in the event.
    case contentInvalid(FieldError)
}
