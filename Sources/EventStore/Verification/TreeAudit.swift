/// Holds records against the stored tree, position by position, and recomputes the tree's root.
///
/// A hash that is not to be had makes what is above it unknown, not wrong.
struct TreeAudit {
    private(set) var size: UInt64 = 0
    /// The roots of perfect subtrees, as in `Frontier`.
    private var roots: [TreeHash?] = []

    /// Takes the next position.
    ///
    /// - Parameters:
    ///   - leaf: the hash of the record as read; nil when it cannot be read.
    ///   - stored: the stored hash at an index; nil when it cannot be read.
    ///   - report: told of what disagrees.
    mutating func take(leaf: TreeHash?, stored: (UInt64) -> TreeHash?, report: (LogFault) -> Void) {
        var index = StoredHash.leafIndex(size)
        let storedLeaf = stored(index)
        if let leaf, let storedLeaf, leaf != storedLeaf { report(.record(position: size)) }
        var hash = storedLeaf ?? leaf
        var level = 0
        while size >> UInt64(level) & 1 == 1 {
            index += 1
            level += 1
            let computed: TreeHash? = if let left = roots.removeLast(), let hash { .node(left, hash) } else { nil }
            let found = stored(index)
            if let computed, let found, computed != found { report(.node(level: level, offset: size >> UInt64(level))) }
            hash = computed ?? found
        }
        roots.append(hash)
        size += 1
    }

    /// Passes over positions of which nothing can be read.
    mutating func skip(to size: UInt64) {
        precondition(size >= self.size, "an audit goes forward")
        guard size > self.size else { return }
        self.size = size
        roots = [TreeHash?](repeating: nil, count: size.nonzeroBitCount)
    }

    /// The root over what was taken; nil when a part of it is unknown.
    var root: TreeHash? {
        let known = roots.compactMap { $0 }
        return known.count == roots.count ? PerfectSubtree.fold(known) : nil
    }
}
