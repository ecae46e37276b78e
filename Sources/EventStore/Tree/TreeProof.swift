/// Which parts of a tree prove something about it (RFC 9162 sections 2.1.3.1 and 2.1.4.1).
///
/// A proof is planned as ranges of leaves; each range's hash is then joined from stored nodes, O(log n) a range.
public enum TreeProof {
    /// PATH(position, D[size]): the leaf's sibling first, the root's child last. Precondition: position < size.
    public static func inclusion(of position: UInt64, in size: UInt64) -> [Range<UInt64>] {
        precondition(position < size, "the leaf must be in the tree")
        var range = 0..<size
        var path: [Range<UInt64>] = []
        while range.upperBound - range.lowerBound > 1 {
            let middle = split(range)
            if position < middle {
                path.append(middle..<range.upperBound)
                range = range.lowerBound..<middle
            } else {
                path.append(range.lowerBound..<middle)
                range = middle..<range.upperBound
            }
        }
        return path.reversed()
    }

    /// PROOF(old, D[new]): empty when they are equal. Precondition: 0 < old ≤ new.
    public static func consistency(from old: UInt64, to new: UInt64) -> [Range<UInt64>] {
        precondition(old > 0 && old <= new, "a proof goes from a tree with leaves to one no smaller")
        var range = 0..<new
        var path: [Range<UInt64>] = []
        while range.upperBound != old {
            let middle = split(range)
            if old <= middle {
                path.append(middle..<range.upperBound)
                range = range.lowerBound..<middle
            } else {
                path.append(range.lowerBound..<middle)
                range = middle..<range.upperBound
            }
        }
        // The old root itself is known to whoever asks; a part of it is not.
        if range.lowerBound != 0 { path.append(range) }
        return path.reversed()
    }

    /// MTH(D[range]) for a range of a proof or one that begins at 0, from the hashes of complete subtrees.
    public static func hash<Failure: Error>(
        of range: Range<UInt64>, node: (_ level: Int, _ offset: UInt64) throws(Failure) -> TreeHash
    ) throws(Failure) -> TreeHash {
        var roots: [TreeHash] = []
        for (level, offset) in PerfectSubtree.decompose(range) { roots.append(try node(level, offset)) }
        return PerfectSubtree.fold(roots)
    }

    /// Where RFC 6962 parts a range: after the largest power of two smaller than its count.
    private static func split(_ range: Range<UInt64>) -> UInt64 {
        let count = range.upperBound - range.lowerBound
        return range.lowerBound + 1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }
}
