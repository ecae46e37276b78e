/// Goes through one tree of the file, in order of key, checking every page on the way.
///
/// A page that is not as it should be is handed over as a fault, and what is below it is passed over.
final class PageCursor {
    enum Step {
        case entry(Entry)
        case fault(PageFault)
    }

    struct Entry {
        /// In the order of bytes: a transaction number, stored little-endian, is turned round.
        let key: [UInt8]
        let value: [UInt8]
        let flags: UInt16
        let page: UInt64
    }

    enum Keys {
        /// u64 big-endian without gaps from 0. `positions` says which events such keys belong to.
        case gapless(positions: (Range<UInt64>) -> Range<UInt64>)
        case text
        /// u64 in the machine's order.
        case transactions
    }

    private struct Frame {
        let number: UInt64
        let page: PageBytes
        let nodes: [PageNode]
        let bounds: Bounds
        var index = 0
    }

    private struct Bounds {
        /// The first key possible; nil for none.
        var lower: [UInt8]?
        /// The first key not possible; nil for none.
        var upper: [UInt8]?
    }

    private let walk: PageWalk
    private let tree: TreeRecord
    private let table: String?
    private let keys: Keys
    private let parent: UInt64
    private var frames: [Frame] = []
    private let start: UInt64
    private var hasBegun = false
    private(set) var hasFault = false
    private(set) var branchPages: UInt64 = 0
    private(set) var leafPages: UInt64 = 0
    private(set) var overflowPages: UInt64 = 0
    private(set) var entries: UInt64 = 0

    /// - Parameters:
    ///   - parent: the page with the tree's record.
    ///   - start: of a gapless tree, the first key to go through; pages that hold only those before it are not read.
    init(_ walk: PageWalk, _ tree: TreeRecord, table: String?, keys: Keys, parent: UInt64, start: UInt64 = 0) {
        self.walk = walk
        self.tree = tree
        self.table = table
        self.keys = keys
        self.parent = parent
        self.start = start
    }

    /// The next entry or fault; nil at the end.
    func next() -> Step? {
        do throws(PageFault) {
            if !hasBegun {
                hasBegun = true
                try begin()
            }
            while let top = frames.last {
                guard top.index < top.nodes.count else {
                    frames.removeLast()
                    continue
                }
                frames[frames.count - 1].index += 1
                if frames.count == Int(tree.depth) { return .entry(try entry(top)) }
                try descend(top.nodes[top.index].child, from: top.number, bounds(of: top.index, in: top))
            }
            return nil
        } catch {
            hasFault = true
            return .fault(error)
        }
    }

    /// What is wrong with the tree's record, once all of it has been read without a fault.
    func mismatch() -> PageFault? {
        let counted = (branchPages, leafPages, overflowPages, entries)
        guard counted != (tree.branchPages, tree.leafPages, tree.overflowPages, tree.entries) else { return nil }
        return fault(parent, nil, Bounds(), "the record of the tree counts other pages or entries than there are")
    }

    private func begin() throws(PageFault) {
        if tree.root == PageLayout.noPage && tree.depth == 0 { return }
        guard (1...PageLayout.depthMax).contains(tree.depth) else {
            throw fault(parent, nil, Bounds(), "a tree of depth \(tree.depth)")
        }
        try descend(tree.root, from: parent, Bounds())
    }

    private func descend(_ number: UInt64, from parent: UInt64, _ bounds: Bounds) throws(PageFault) {
        let isLeaf = frames.count + 1 == Int(tree.depth)
        guard walk.isInRange(number), let page = walk.file.pages(number) else {
            throw fault(parent, nil, bounds, "points to page \(number), which the file does not have")
        }
        guard !walk.met.contains(number) else { throw fault(number, parent, bounds, "reached a second time") }
        do throws(Misshapen) {
            let nodes = try PageNode.parse(page, number: number, isLeaf: isLeaf)
            try checkKeys(page, nodes, bounds, isLeaf: isLeaf)
            let frame = Frame(number: number, page: page, nodes: nodes, bounds: bounds)
            frames.append(beginning(of: frame, isLeaf: isLeaf))
        } catch {
            throw fault(number, parent, bounds, error.reason)
        }
        walk.met.insert(number)
        if isLeaf { leafPages += 1 } else { branchPages += 1 }
    }

    /// The frame at the first of its nodes that is or leads to `start` or what comes after it.
    private func beginning(of frame: Frame, isLeaf: Bool) -> Frame {
        guard start > 0, entries == 0 else { return frame }
        var frame = frame
        let numbers = frame.nodes.map { key($0, frame.page).map(Self.number) ?? 0 }
        frame.index =
            isLeaf
            ? numbers.firstIndex { $0 >= start } ?? numbers.count
            : numbers.dropFirst().lastIndex { $0 <= start } ?? 0
        return frame
    }

    private func bounds(of index: Int, in frame: Frame) -> Bounds {
        Bounds(
            lower: index == 0 ? frame.bounds.lower : key(frame.nodes[index], frame.page),
            upper: index + 1 < frame.nodes.count ? key(frame.nodes[index + 1], frame.page) : frame.bounds.upper)
    }

    private func checkKeys(
        _ page: PageBytes, _ nodes: [PageNode], _ bounds: Bounds, isLeaf: Bool
    ) throws(Misshapen) {
        var last: [UInt8]?
        // The first key of a branch page means nothing: what is below it may be as small as its own bound.
        for node in isLeaf ? nodes[...] : nodes.dropFirst() {
            guard let key = key(node, page) else { throw Misshapen(reason: "a key of the wrong length") }
            if let lower = bounds.lower, key.lexicographicallyPrecedes(lower) {
                throw Misshapen(reason: "a key below its branch")
            }
            if let upper = bounds.upper, !key.lexicographicallyPrecedes(upper) {
                throw Misshapen(reason: "a key above its branch")
            }
            if let last, !last.lexicographicallyPrecedes(key) { throw Misshapen(reason: "keys out of order") }
            last = key
        }
        guard isLeaf, case .gapless = keys else { return }
        let first = bounds.lower.map(Self.number) ?? 0
        for (index, node) in nodes.enumerated() {
            guard let key = key(node, page), Self.number(key) == first &+ UInt64(index) else {
                throw Misshapen(reason: "keys with a gap")
            }
        }
        guard bounds.upper.map(Self.number) ?? (first &+ UInt64(nodes.count)) == first &+ UInt64(nodes.count) else {
            throw Misshapen(reason: "keys missing at the end")
        }
    }

    private func key(_ node: PageNode, _ page: PageBytes) -> [UInt8]? {
        let bytes = page.bytes[node.key]
        switch keys {
        case .gapless: return bytes.count == 8 ? Array(bytes) : nil
        case .transactions: return bytes.count == 8 ? bytes.reversed() : nil
        case .text: return bytes.isEmpty ? nil : Array(bytes)
        }
    }

    private func entry(_ frame: Frame) throws(PageFault) -> Entry {
        let node = frame.nodes[frame.index]
        let key = key(node, frame.page) ?? []
        let own = Bounds(lower: key, upper: Self.successor(key))
        // Only the main tree holds the records of others.
        var isMain = false
        if case .text = keys { isMain = table == nil }
        let isKnown =
            node.flags == 0 || node.flags == PageLayout.NodeFlags.bigData
            || isMain && node.flags == PageLayout.NodeFlags.table
        guard isKnown else { throw fault(frame.number, nil, own, "an entry with unknown flags") }
        let value = node.isLong ? try longValue(node, frame, own) : Array(frame.page.bytes[node.data])
        entries += 1
        return Entry(key: key, value: value, flags: node.flags, page: frame.number)
    }

    private func longValue(_ node: PageNode, _ frame: Frame, _ own: Bounds) throws(PageFault) -> [UInt8] {
        let first = frame.page.u64(node.data.lowerBound)
        let count = PageLayout.overflowPages(node.valueBytes)
        guard walk.isInRange(first), walk.isInRange(first &+ count &- 1), let head = walk.file.pages(first) else {
            throw fault(frame.number, nil, own, "points to page \(first), which the file does not have")
        }
        let isHead =
            head.u64(0) == first && head.u16(8) == 0 && head.u16(10) == PageLayout.PageFlags.overflow
            && UInt64(head.u32(12)) == count
        // The run is read only now, so that a wrong length costs no memory.
        guard isHead, let run = walk.file.pages(first, count: Int(count)),
            !(first..<(first + count)).contains(where: { walk.met.contains($0) })
        else {
            throw fault(first, frame.number, own, pageCount: count, "not the overflow pages of this value")
        }
        for page in first..<(first + count) { walk.met.insert(page) }
        overflowPages += count
        let start = PageLayout.headerBytes
        return Array(run.bytes[start..<(start + Int(node.valueBytes))])
    }

    private func fault(
        _ page: UInt64, _ parent: UInt64?, _ bounds: Bounds, pageCount: UInt64 = 1, _ reason: String
    ) -> PageFault {
        var range: Range<UInt64>?
        if case .gapless(let positions) = keys {
            let lower = bounds.lower.map(Self.number) ?? 0
            // An upper bound that is missing is the tree's end, if its record can be believed: an entry has 10 bytes.
            let end = min(tree.entries, walk.file.byteCount / 10)
            let upper = bounds.upper.map(Self.number) ?? end
            range = positions(lower..<max(upper, lower &+ 1, lower))
        }
        return PageFault(
            page: page, parent: parent, pageCount: pageCount, table: table, positions: range, reason)
    }

    static func number(_ key: [UInt8]) -> UInt64 { key.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    private static func successor(_ key: [UInt8]) -> [UInt8]? {
        guard key.count == 8, number(key) < .max else { return nil }
        return withUnsafeBytes(of: (number(key) + 1).bigEndian) { [UInt8]($0) }
    }
}
