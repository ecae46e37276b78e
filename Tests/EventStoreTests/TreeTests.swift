import EventStore
import Testing

/// The tree by RFC 6962's recursive definitions, to hold the iterative ones against.
enum Definition {
    static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        if leaves.isEmpty { return .empty }
        if leaves.count == 1 { return leaves.first! }
        let middle = leaves.startIndex + split(leaves.count)
        return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<TreeHash>) -> [TreeHash] {
        guard leaves.count > 1 else { return [] }
        let width = split(leaves.count)
        let middle = leaves.startIndex + width
        return index < width
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index - width, leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func subproof(_ old: Int, _ leaves: ArraySlice<TreeHash>, isWhole: Bool) -> [TreeHash] {
        if old == leaves.count { return isWhole ? [] : [root(leaves)] }
        let width = split(leaves.count)
        let middle = leaves.startIndex + width
        return old <= width
            ? subproof(old, leaves[..<middle], isWhole: isWhole) + [root(leaves[middle...])]
            : subproof(old - width, leaves[middle...], isWhole: false) + [root(leaves[..<middle])]
    }

    private static func split(_ count: Int) -> Int {
        var width = 1
        while width * 2 < count { width *= 2 }
        return width
    }
}

/// A tree whose every stored node is kept by its index.
struct StoredTree {
    private(set) var nodes: [TreeHash] = []
    private(set) var frontier = Frontier()

    mutating func append(_ leaf: TreeHash) { frontier.append(leaf) { nodes.append($0) } }

    func hash(of range: Range<UInt64>) -> TreeHash {
        TreeProof.hash(of: range) { nodes[Int(StoredHash.index(level: $0, offset: $1))] }
    }
}

struct TreeTests {
    private let leaves = (0..<130).map { TreeHash.leaf([UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]) }

    @Test func `roots equal the published vectors at every size`() {
        var frontier = Frontier()
        #expect(Hex.encode(frontier.root.bytes) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (record, root) in zip(Vectors.leaves, Vectors.roots) {
            frontier.append(.leaf(record))
            #expect(Hex.encode(frontier.root.bytes) == root)
        }
    }

    @Test func `the proof from 2 to 5 equals the published vector`() {
        var tree = StoredTree()
        for record in Vectors.leaves { tree.append(.leaf(record)) }
        #expect(
            TreeProof.consistency(from: 2, to: 5).map { Hex.encode(tree.hash(of: $0).bytes) } == [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ])
    }

    @Test func `stored nodes number as many as counted and lie where they are looked for`() {
        var tree = StoredTree()
        for (position, leaf) in leaves.enumerated() {
            #expect(StoredHash.leafIndex(UInt64(position)) == UInt64(tree.nodes.count))
            tree.append(leaf)
            #expect(StoredHash.count(size: UInt64(position + 1)) == UInt64(tree.nodes.count))
            #expect(tree.frontier.root == Definition.root(leaves[...position]))
        }
        for level in 0..<7 {
            for offset in 0..<(130 >> level) {
                let range = (offset << level)..<((offset + 1) << level)
                let stored = tree.nodes[Int(StoredHash.index(level: level, offset: UInt64(offset)))]
                #expect(stored == Definition.root(leaves[range]))
            }
        }
    }

    @Test func `every inclusion proof to 130 leaves is accepted and every damaged one refused`() {
        var tree = StoredTree()
        for leaf in leaves { tree.append(leaf) }
        var accepted = 0
        var refused = 0
        for size in 1...130 {
            let root = tree.hash(of: 0..<UInt64(size))
            for position in 0..<size {
                let proof = TreeProof.inclusion(of: UInt64(position), in: UInt64(size)).map { tree.hash(of: $0) }
                #expect(size % 13 != 0 || proof == Definition.path(position, leaves[..<size]))
                let check = { (leaf: TreeHash, proof: [TreeHash]) in
                    ProofVerification.isIncluded(
                        leaf: leaf, at: UInt64(position), size: UInt64(size), root: root, proof: proof)
                }
                accepted += check(leaves[position], proof) ? 1 : 0
                for damaged in Self.damage(proof) { refused += check(leaves[position], damaged) ? 0 : 1 }
                refused += check(.empty, proof) ? 0 : 1
            }
        }
        #expect(accepted == 130 * 131 / 2)
        #expect(
            refused == Self.damageCount(sizes: 1...130) { size in
                (0..<size).map { TreeProof.inclusion(of: UInt64($0), in: UInt64(size)).count }
            } + accepted)
    }

    @Test func `every consistency proof to 130 leaves is accepted and every damaged one refused`() {
        var tree = StoredTree()
        for leaf in leaves { tree.append(leaf) }
        for new in 1...130 {
            let newRoot = tree.hash(of: 0..<UInt64(new))
            for old in 1...new {
                let oldRoot = tree.hash(of: 0..<UInt64(old))
                let proof = TreeProof.consistency(from: UInt64(old), to: UInt64(new)).map { tree.hash(of: $0) }
                #expect(new % 13 != 0 || proof == Definition.subproof(old, leaves[..<new], isWhole: true))
                let check = { (oldRoot: TreeHash, newRoot: TreeHash, proof: [TreeHash]) in
                    ProofVerification.isConsistent(
                        oldSize: UInt64(old), oldRoot: oldRoot, newSize: UInt64(new), newRoot: newRoot, proof: proof)
                }
                #expect(check(oldRoot, newRoot, proof))
                #expect(!Self.damage(proof).contains { check(oldRoot, newRoot, $0) })
                #expect(!check(.empty, newRoot, proof) && !check(oldRoot, .empty, proof))
            }
        }
    }

    @Test func `proofs out of all proportion are refused`() {
        let many = [TreeHash](repeating: .empty, count: 64)
        #expect(!ProofVerification.isIncluded(leaf: .empty, at: 0, size: .max, root: .empty, proof: many))
        #expect(!ProofVerification.isIncluded(leaf: .empty, at: 5, size: 5, root: .empty, proof: []))
        #expect(!ProofVerification.isIncluded(leaf: .empty, at: 0, size: 0, root: .empty, proof: []))
        #expect(!ProofVerification.isConsistent(oldSize: 0, oldRoot: .empty, newSize: 5, newRoot: .empty, proof: many))
        #expect(!ProofVerification.isConsistent(oldSize: 6, oldRoot: .empty, newSize: 5, newRoot: .empty, proof: []))
    }

    /// One byte changed in each hash, one hash fewer, one more.
    private static func damage(_ proof: [TreeHash]) -> [[TreeHash]] {
        var damaged: [[TreeHash]] = [proof + [.empty]]
        if !proof.isEmpty { damaged.append(proof.dropLast()) }
        for index in proof.indices {
            var bytes = proof[index].bytes
            bytes[index % 32] ^= 1
            damaged.append(proof)
            damaged[damaged.count - 1][index] = TreeHash(bytes)!
        }
        return damaged
    }

    private static func damageCount(sizes: ClosedRange<Int>, _ lengths: (Int) -> [Int]) -> Int {
        sizes.flatMap(lengths).reduce(0) { $0 + 1 + ($1 > 0 ? 1 : 0) + $1 }
    }
}
