import SwiftProtobuf

/// A command or a query: its message, and the message that answers it.
public struct RequestType: Sendable {
    public let message: any Message.Type
    public let answer: any Message.Type

    public init(_ message: any Message.Type, answer: any Message.Type) {
        self.message = message
        self.answer = answer
    }

    /// As in the address, `BookAppointment`.
    public var name: String { shape.name }

    /// The comment of the schema.
    public var comment: String { shape.comment }

    /// The message as readers and help see it.
    public var shape: MessageShape { Descriptors.schema.messages[Descriptors.schema.index(of: message)] }
}
