/// Checking proofs without the tree: what a stranger runs (RFC 9162 sections 2.1.3.2 and 2.1.4.2).
public enum ProofVerification {
    /// No tree of fewer than 2⁶³ leaves has a longer proof.
    public static let hashesMax = 63
    static let sizeMax = UInt64(1) << 63 - 1

    /// Whether `leaf` is at `position` of the tree with `root` over `size` leaves.
    public static func isIncluded(
        leaf: TreeHash, at position: UInt64, size: UInt64, root: TreeHash, proof: [TreeHash]
    ) -> Bool {
        guard position < size, size <= sizeMax, proof.count <= hashesMax else { return false }
        var first = position
        var second = size - 1
        var hash = leaf
        for sibling in proof {
            guard second != 0 else { return false }
            if first & 1 == 1 || first == second {
                hash = .node(sibling, hash)
                climbToRightChild(&first, &second)
            } else {
                hash = .node(hash, sibling)
            }
            first >>= 1
            second >>= 1
        }
        return second == 0 && hash == root
    }

    /// Whether the tree of `oldSize` leaves is a prefix of the one of `newSize`.
    public static func isConsistent(
        oldSize: UInt64, oldRoot: TreeHash, newSize: UInt64, newRoot: TreeHash, proof: [TreeHash]
    ) -> Bool {
        guard newSize <= sizeMax, proof.count <= hashesMax else { return false }
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
        guard oldSize > 0, oldSize < newSize, !proof.isEmpty else { return false }
        let path = oldSize.nonzeroBitCount == 1 ? [oldRoot] + proof : proof
        var first = oldSize - 1
        var second = newSize - 1
        while first & 1 == 1 {
            first >>= 1
            second >>= 1
        }
        var oldHash = path[0]
        var newHash = path[0]
        for sibling in path.dropFirst() {
            guard second != 0 else { return false }
            if first & 1 == 1 || first == second {
                oldHash = .node(sibling, oldHash)
                newHash = .node(sibling, newHash)
                climbToRightChild(&first, &second)
            } else {
                newHash = .node(newHash, sibling)
            }
            first >>= 1
            second >>= 1
        }
        return second == 0 && oldHash == oldRoot && newHash == newRoot
    }

    /// Skips the levels on which an incomplete right edge has no sibling.
    private static func climbToRightChild(_ first: inout UInt64, _ second: inout UInt64) {
        while first & 1 == 0 && first != 0 {
            first >>= 1
            second >>= 1
        }
    }
}
