/// The right edge of a growing tree: the roots of its perfect subtrees, largest first, one for each bit of its size.
///
/// Enough to add leaves and to name the root, at O(log n) memory.
public struct Frontier: Sendable, Equatable {
    public private(set) var size: UInt64
    private var roots: [TreeHash]

    public init() {
        size = 0
        roots = []
    }

    /// The frontier of a tree of `size` leaves whose perfect subtrees `node` gives.
    public init<Failure: Error>(
        size: UInt64, node: (_ level: Int, _ offset: UInt64) throws(Failure) -> TreeHash
    ) throws(Failure) {
        self.size = size
        roots = []
        for (level, offset) in PerfectSubtree.decompose(0..<size) { roots.append(try node(level, offset)) }
    }

    /// Adds a leaf and hands over every hash to store for it: the leaf, then the nodes it completes, upwards.
    public mutating func append(_ leaf: TreeHash, _ store: (TreeHash) -> Void = { _ in }) {
        var hash = leaf
        store(hash)
        var rest = size
        while rest & 1 == 1 {
            hash = .node(roots.removeLast(), hash)
            store(hash)
            rest >>= 1
        }
        roots.append(hash)
        size += 1
    }

    /// The tree's root; the empty tree's is `TreeHash.empty`.
    public var root: TreeHash { PerfectSubtree.fold(roots) }
}

/// A subtree whose number of leaves is a power of two: its node is stored.
enum PerfectSubtree {
    /// The fewest perfect subtrees, left to right, that make up the leaves of `range`, which begins at a multiple of
    /// the largest of them, as every range of RFC 6962's definitions does.
    static func decompose(_ range: Range<UInt64>) -> [(level: Int, offset: UInt64)] {
        var parts: [(level: Int, offset: UInt64)] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = 63 - (range.upperBound - start).leadingZeroBitCount
            parts.append((level, start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        return parts
    }

    /// Joins perfect subtrees, right to left, as RFC 6962 splits a tree.
    static func fold(_ roots: [TreeHash]) -> TreeHash {
        guard var root = roots.last else { return .empty }
        for left in roots.dropLast().reversed() { root = .node(left, root) }
        return root
    }
}
