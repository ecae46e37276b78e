/// Where the tree's hashes lie in the `nodes` table.
///
/// Crosby-Wallach order: each leaf, followed by the inner nodes which it completes. The order of writing is the order
/// of keys, so nodes are appended as records are. Equal to `tlog.StoredHashIndex` of golang.org/x/mod.
public enum StoredHash {
    /// The index of node `offset` on `level` (0 = leaves).
    public static func index(level: Int, offset: UInt64) -> UInt64 {
        // The last leaf below the node; the node is written `level` places after it.
        let leaf = (offset &+ 1) << UInt64(level) &- 1
        return leafIndex(leaf) + UInt64(level)
    }

    /// The index of the leaf at `position`: every leaf before it, and every node which those completed.
    public static func leafIndex(_ position: UInt64) -> UInt64 {
        2 * position - UInt64(position.nonzeroBitCount)
    }

    /// How many hashes a tree of `size` leaves stores.
    public static func count(size: UInt64) -> UInt64 { leafIndex(size) }
}

extension StoredHash {
    /// The position whose record brought the hash at `index` into the store.
    static func position(of index: UInt64) -> UInt64 {
        // leafIndex(p) is 2p less the number of one-bits in p, and rises with p.
        var low = index / 2
        var high = index / 2 + 64
        while low < high {
            let middle = low + (high - low + 1) / 2
            if leafIndex(middle) <= index { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The positions whose records brought these hashes into the store.
    static func positions(of indices: Range<UInt64>) -> Range<UInt64> {
        let first = position(of: indices.lowerBound)
        return first..<max(first + 1, position(of: indices.upperBound &- 1) + 1)
    }
}
