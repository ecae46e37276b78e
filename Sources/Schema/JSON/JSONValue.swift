/// A JSON value as it was read, with its place in the text.
public struct JSONValue: Sendable {
    public var content: Content
    /// Offset of its first byte; nil when it did not come from a text.
    public var offset: Int?

    public init(_ content: Content, offset: Int? = nil) {
        self.content = content
        self.offset = offset
    }

    public indirect enum Content: Sendable {
        case null
        case bool(Bool)
        case number(JSONNumber)
        case text(String)
        case array([JSONValue])
        /// In the order of the text, without duplicates.
        case object([JSONMember])
    }
}

/// A named value of an object.
public struct JSONMember: Sendable {
    public var name: String
    public var value: JSONValue
    /// Offset of the name's first quote; nil when it did not come from a text.
    public var offset: Int?

    public init(name: String, value: JSONValue, offset: Int? = nil) {
        self.name = name
        self.value = value
        self.offset = offset
    }
}

/// A JSON number, kept exactly: the schema has no fractions.
public enum JSONNumber: Hashable, Sendable {
    case integer(isNegative: Bool, magnitude: UInt64)
    /// A whole number beyond 64 bits.
    case tooLarge
    /// With a fraction or an exponent.
    case notWhole
}

/// How much JSON is read before it is refused.
public struct JSONLimits: Sendable {
    public var maxBytes: Int
    /// Objects and arrays within each other. The reader recurses this deep, so keep it small.
    public var maxDepth: Int

    public init(maxBytes: Int = 256 * 1024, maxDepth: Int = 32) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
    }

    public static let standard = JSONLimits()
}
