/// The hash tiles of a published log, as far as a signed root vouches for them: the right edge by the root itself, every
/// full tile by the one above it.
final class TrustedTiles {
    private let directory: String
    private let size: UInt64
    private var isEdgeTrusted = false
    /// The last tile asked for of each level; nil for one that cannot be trusted.
    private var last: [Int: (index: UInt64, hashes: [TreeHash]?)] = [:]

    init(directory: String, size: UInt64, root: TreeHash) {
        self.directory = directory
        self.size = size
        struct Missing: Error {}
        let edge = try? Frontier(size: size) { level, offset throws(Missing) in
            let hashes = self.read(level / 8, (offset << UInt64(level % 8)) >> 8)
            let first = Int((offset << UInt64(level % 8)) & 0xFF)
            let end = first + 1 << (level % 8)
            guard let hashes, end <= hashes.count else { throw Missing() }
            return Self.root(hashes[first..<end])
        }
        isEdgeTrusted = edge?.root == root
    }

    /// The hashes of a tile; nil when it is missing, or not what was signed.
    func tile(_ level: Int, _ index: UInt64) -> [TreeHash]? {
        if let known = last[level], known.index == index { return known.hashes }
        var hashes = read(level, index)
        if width(level, index) == TilePath.fullWidth {
            if let found = hashes, parent(level, index) != Self.root(found[...]) { hashes = nil }
        } else if !isEdgeTrusted {
            hashes = nil
        }
        last[level] = (index, hashes)
        return hashes
    }

    /// What the tile above says of a full tile; nil when that is not to be trusted.
    func parent(_ level: Int, _ index: UInt64) -> TreeHash? {
        tile(level + 1, index >> 8)?[Int(index & 0xFF)]
    }

    static func root(_ hashes: ArraySlice<TreeHash>) -> TreeHash {
        var frontier = Frontier()
        for hash in hashes { frontier.append(hash) }
        return frontier.root
    }

    private func width(_ level: Int, _ index: UInt64) -> Int {
        Int(min(UInt64(TilePath.fullWidth), (size >> UInt64(8 * level)) - index << 8))
    }

    /// As many hashes as the tree has of it, from a wider tile where there is one.
    private func read(_ level: Int, _ index: UInt64) -> [TreeHash]? {
        let width = width(level, index)
        guard width > 0 else { return nil }
        for candidate in [width, TilePath.fullWidth] {
            let path = TilePath(.hashes(level: level), index: index, width: candidate)
            guard let bytes = try? DurableFile.read(directory + "/" + path.path),
                bytes.count == candidate * TreeHash.byteCount
            else { continue }
            return (0..<width).compactMap {
                TreeHash([UInt8](bytes[($0 * TreeHash.byteCount)..<(($0 + 1) * TreeHash.byteCount)]))
            }
        }
        return nil
    }
}
