/// The position in the log of the event that founded a thing, typed by what the thing is.
public struct ID<Thing>: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var position: UInt64

    public init(_ position: UInt64) { self.position = position }

    public static func < (left: Self, right: Self) -> Bool { left.position < right.position }
    public var description: String { String(position) }
}

extension ID: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt64) { position = value }
}
