import Schema
import SwiftProtobuf

/// Text that will be sealed under the key of one person and one category.
public struct PrivateText: Hashable, Sendable, CustomStringConvertible {
    public var text: String
    /// Id of the client or member of staff.
    public var person: UInt64
    public var category: Category.Value

    public init(_ text: String, of person: UInt64, _ category: Category.Value) {
        self.text = text
        self.person = person
        self.category = category
    }

    /// Never the text.
    public var description: String { "private" }
}

/// An event that was decided and not yet recorded: its private texts are still open.
public struct Draft: Sendable {
    public let type: EventType
    public let subjects: [Subject]
    /// Milliseconds UTC; nil means when it is recorded.
    public let effectiveAtMs: Int64?
    /// In order of ordinal.
    public let privateTexts: [PrivateText]
    private let seal: @Sendable ([Sealed]) -> any Event

    /// - `texts`: where each private text goes; those that are nil are left out.
    public init<E: Event>(
        _ event: E, about subjects: [Subject], effectiveAtMs: Int64? = nil,
        texts: [(any WritableKeyPath<E, Sealed> & Sendable, PrivateText?)] = []
    ) {
        type = E.type
        self.subjects = subjects
        self.effectiveAtMs = effectiveAtMs
        let present = texts.compactMap { path, text in text.map { (path, $0) } }
        privateTexts = present.map(\.1)
        let paths = present.map(\.0)
        seal = { boxes in
            precondition(boxes.count == paths.count, "each private text gets its own box")
            var sealed = event
            for (path, box) in zip(paths, boxes) { sealed[keyPath: path] = box }
            return sealed
        }
    }

    /// The event with its boxes in place, one for each of `privateTexts`.
    public func event(with boxes: [Sealed]) -> any Event { seal(boxes) }
}

extension Subject {
    public init(_ kind: Kind, _ id: UInt64) {
        self.init()
        self.kind = kind
        self.id = id
    }
}
