import SwiftProtobuf

/// A fact that was recorded: past tense, complete in itself, never edited.
public protocol Event: SwiftProtobuf.Message, Sendable {
    /// Its field number in `Record`, for ever.
    static var type: EventType { get }
}
