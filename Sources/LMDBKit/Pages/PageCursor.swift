/// Goes through one tree of the file, in order of key, checking every page on the way.
///
/// A page that is not as it should be is handed over as a fault, and what is below it is passed over.
package final class PageCursor {
    package enum Step {
        case entry(Entry)
        case fault(PageFault)
    }

    package struct Entry {
        /// In the order of bytes: a transaction number, stored little-endian, is turned round.
        package let key: [UInt8]
        package let value: [UInt8]
        package let flags: UInt16
        package let page: UInt64
    }

    package enum Keys {
        /// u64 big-endian without gaps from 0. `positions` says which positions such keys belong to.
        case gapless(positions: (Range<UInt64>) -> Range<UInt64>)
        /// Any bytes, in their order.
        case text
        /// u64 in the machine's order.
        case transactions
    }

    struct Frame {
        let number: UInt64
        let page: PageBytes
        let nodes: [PageNode]
        let bounds: Bounds
        var index = 0
    }

    struct Bounds {
        /// The first key possible; nil for none.
        var lower: ArraySlice<UInt8>?
        /// The first key not possible; nil for none.
        var upper: ArraySlice<UInt8>?
    }

    let walk: PageWalk
    let tree: TreeRecord
    let table: String?
    let keys: Keys
    private let parent: UInt64
    var frames: [Frame] = []
    private let start: UInt64
    private var hasBegun = false
    package internal(set) var hasFault = false
    private(set) var branchPages: UInt64 = 0
    private(set) var leafPages: UInt64 = 0
    private(set) var overflowPages: UInt64 = 0
    var entries: UInt64 = 0

    /// - Parameters:
    ///   - parent: the page with the tree's record.
    ///   - start: of a gapless tree, the first key to go through; pages that hold only those before it are not read.
    package init(
        _ walk: PageWalk, _ tree: TreeRecord, table: String?, keys: Keys, parent: UInt64, start: UInt64 = 0
    ) {
        self.walk = walk
        self.tree = tree
        self.table = table
        self.keys = keys
        self.parent = parent
        self.start = start
    }

    /// The next entry or fault; nil at the end.
    package func next() -> Step? {
        do throws(PageFault) {
            try beginOnce()
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
    package func mismatch() -> PageFault? {
        let counted = (branchPages, leafPages, overflowPages, entries)
        guard counted != (tree.branchPages, tree.leafPages, tree.overflowPages, tree.entries) else { return nil }
        return fault(parent, nil, Bounds(), "the record of the tree counts other pages or entries than there are")
    }

    func beginOnce() throws(PageFault) {
        guard !hasBegun else { return }
        hasBegun = true
        if tree.root == PageLayout.noPage && tree.depth == 0 { return }
        guard (1...PageLayout.depthMax).contains(tree.depth) else {
            throw fault(parent, nil, Bounds(), "a tree of depth \(tree.depth)")
        }
        try descend(tree.root, from: parent, Bounds())
    }

    func descend(_ number: UInt64, from parent: UInt64, _ bounds: Bounds) throws(PageFault) {
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

    func bounds(of index: Int, in frame: Frame) -> Bounds {
        Bounds(
            lower: index == 0 ? frame.bounds.lower : key(frame.nodes[index], frame.page),
            upper: index + 1 < frame.nodes.count ? key(frame.nodes[index + 1], frame.page) : frame.bounds.upper)
    }

    private func checkKeys(
        _ page: PageBytes, _ nodes: [PageNode], _ bounds: Bounds, isLeaf: Bool
    ) throws(Misshapen) {
        var last: ArraySlice<UInt8>?
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

    private func key(_ node: PageNode, _ page: PageBytes) -> ArraySlice<UInt8>? {
        let bytes = page.bytes[node.key]
        switch keys {
        case .gapless: return bytes.count == 8 ? bytes : nil
        case .transactions: return bytes.count == 8 ? ArraySlice(bytes.reversed()) : nil
        case .text: return bytes.isEmpty ? nil : bytes
        }
    }

    private func entry(_ frame: Frame) throws(PageFault) -> Entry {
        let node = frame.nodes[frame.index]
        let overflow = try checkEntry(frame.index, in: frame)
        let value = try overflow.map { run throws(PageFault) in try longValue(node, run, frame) }
        entries += 1
        return Entry(
            key: Array(key(node, frame.page) ?? []), value: value ?? Array(frame.page.bytes[node.data]),
            flags: node.flags, page: frame.number)
    }

    /// Checks what is not checked with its page: the flags of one entry, and the pages that its value lies on, which are
    /// answered if there are any.
    func checkEntry(_ index: Int, in frame: Frame) throws(PageFault) -> Range<UInt64>? {
        let node = frame.nodes[index]
        // Only the main tree holds the records of others.
        var isMain = false
        if case .text = keys { isMain = table == nil }
        let isKnown =
            node.flags == 0 || node.flags == PageLayout.NodeFlags.bigData
            || isMain && node.flags == PageLayout.NodeFlags.table
        guard isKnown else { throw fault(frame.number, nil, own(node, frame), "an entry with unknown flags") }
        return node.isLong ? try overflowRun(node, frame) : nil
    }

    private func overflowRun(_ node: PageNode, _ frame: Frame) throws(PageFault) -> Range<UInt64> {
        let first = frame.page.u64(node.data.lowerBound)
        let needed = PageLayout.overflowPages(node.valueBytes)
        guard walk.isInRange(first), walk.isInRange(first &+ needed &- 1), let head = walk.file.pages(first) else {
            throw fault(
                frame.number, nil, own(node, frame), "points to page \(first), which the file does not have")
        }
        let count = UInt64(head.u32(12))
        // A value that takes the place of a longer one keeps its pages; what is only appended takes no place.
        var isCount = count >= needed && walk.isInRange(first &+ count &- 1)
        if case .gapless = keys { isCount = count == needed }
        let isHead =
            isCount && head.u64(0) == first && head.u16(8) == 0 && head.u16(10) == PageLayout.PageFlags.overflow
        let run = first..<(first + (isHead ? count : needed))
        guard isHead, !run.contains(where: { walk.met.contains($0) }) else {
            throw fault(
                first, frame.number, own(node, frame), pageCount: needed, "not the overflow pages of this value")
        }
        for page in run { walk.met.insert(page) }
        overflowPages += UInt64(run.count)
        return run
    }

    /// The run is read only when its length is known to be right, so that a wrong one costs no memory.
    private func longValue(
        _ node: PageNode, _ run: Range<UInt64>, _ frame: Frame
    ) throws(PageFault) -> [UInt8] {
        guard let pages = walk.file.pages(run.lowerBound, count: run.count) else {
            throw fault(
                run.lowerBound, frame.number, own(node, frame), pageCount: UInt64(run.count), "cannot be read")
        }
        let start = PageLayout.headerBytes
        return Array(pages.bytes[start..<(start + Int(node.valueBytes))])
    }

    private func own(_ node: PageNode, _ frame: Frame) -> Bounds {
        let key = key(node, frame.page) ?? []
        return Bounds(lower: key, upper: Self.successor(key))
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

    package static func number(_ key: some Sequence<UInt8>) -> UInt64 {
        key.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func successor(_ key: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard key.count == 8, number(key) < .max else { return nil }
        return withUnsafeBytes(of: (number(key) + 1).bigEndian) { ArraySlice([UInt8]($0)) }
    }
}
