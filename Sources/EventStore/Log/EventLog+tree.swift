import LMDBKit

extension EventLog {
    /// The tree's root over the first `size` events; the empty tree's is SHA-256 of nothing.
    public func root(at size: UInt64) throws(LogError) -> TreeHash {
        try requireSize(size)
        return try hashes(of: [0..<size])[0]
    }

    /// The proof that the event at `position` is in the tree of `size` (RFC 9162 section 2.1.3).
    public func inclusionProof(of position: UInt64, in size: UInt64) throws(LogError) -> [TreeHash] {
        try requireSize(size)
        guard position < size else { throw .outOfRange(requested: position, size: size) }
        return try hashes(of: TreeProof.inclusion(of: position, in: size))
    }

    /// The proof that the tree of `old` is a prefix of the tree of `new` (RFC 9162 section 2.1.4). 0 < old ≤ new.
    public func consistencyProof(from old: UInt64, to new: UInt64) throws(LogError) -> [TreeHash] {
        try requireSize(new)
        guard old > 0, old <= new else { throw .outOfRange(requested: old, size: new) }
        return try hashes(of: TreeProof.consistency(from: old, to: new))
    }

    /// The right edge of the tree of `size`, to grow on from.
    func frontier(at size: UInt64) throws(LogError) -> Frontier {
        try requireSize(size)
        return try snapshot { transaction in
            try Frontier(size: size) { level, offset in
                try tables.node(level: level, offset: offset, in: transaction)
            }
        }
    }

    /// Lends stored nodes `offsets` of `level`, in order.
    func nodes(level: Int, offsets: Range<UInt64>) throws(LogError) -> [TreeHash] {
        try snapshot { transaction in
            try offsets.map { try tables.node(level: level, offset: $0, in: transaction) }
        }
    }

    /// Stored hashes in the order of their indices.
    func storedHashes(_ indices: Range<UInt64>) throws(LogError) -> [TreeHash] {
        try snapshot { transaction in
            var hashes: [TreeHash] = []
            try tables.nodes.scan(gaplessFrom: indices.lowerBound, in: transaction) { index, value in
                guard index < indices.upperBound, let hash = TreeHash(value) else { return .stop }
                hashes.append(hash)
                return index + 1 < indices.upperBound ? .next : .stop
            }
            return hashes
        }
    }

    private func requireSize(_ requested: UInt64) throws(LogError) {
        let size = size
        guard requested <= size else { throw .outOfRange(requested: requested, size: size) }
    }

    private func hashes(of ranges: [Range<UInt64>]) throws(LogError) -> [TreeHash] {
        try snapshot { transaction in
            try ranges.map { range in
                try TreeProof.hash(of: range) { level, offset in
                    try tables.node(level: level, offset: offset, in: transaction)
                }
            }
        }
    }
}
