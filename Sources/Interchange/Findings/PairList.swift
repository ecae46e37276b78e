/// Two rows that have to do with each other, the earlier in order of reference first. In JSON `["A1", "A2"]`.
public struct ReferencePair: Sendable, Hashable, Encodable {
    public let first: String
    public let second: String

    public init(_ first: String, _ second: String) {
        self.first = first
        self.second = second
    }

    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(first)
        try list.encode(second)
    }
}

/// Pairs of positions in a list of rows, as many as the limit admits.
struct PairList {
    private(set) var pairs: [RowPair] = []
    /// True once a pair was left out.
    private(set) var isCut = false
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// False when there is no more room, so that the caller can stop looking.
    mutating func add(_ one: Int, _ other: Int) -> Bool {
        guard pairs.count < limit else {
            isCut = true
            return false
        }
        pairs.append(RowPair(first: min(one, other), second: max(one, other)))
        return true
    }
}

struct RowPair: Hashable, Comparable {
    let first: Int
    let second: Int

    static func < (left: RowPair, right: RowPair) -> Bool {
        (left.first, left.second) < (right.first, right.second)
    }
}
