/// One entry of a branch or leaf page, as ranges of its bytes, all inside the page.
struct PageNode {
    let key: Range<Int>
    /// The value, or the number of its first overflow page.
    let data: Range<Int>
    /// The value's length, also when it lies elsewhere.
    let valueBytes: UInt64
    let flags: UInt16
    /// In a branch page, the page below.
    let child: UInt64

    var isLong: Bool { flags & PageLayout.NodeFlags.bigData != 0 }
}

/// What is wrong with a page.
struct Misshapen: Error { let reason: String }

extension PageNode {
    /// Takes a page apart. LMDB keeps nodes packed against the end, so they must cover it without gap or overlap.
    static func parse(_ page: PageBytes, number: UInt64, isLeaf: Bool) throws(Misshapen) -> [PageNode] {
        guard page.u64(0) == number else { throw Misshapen(reason: "its number is \(page.u64(0))") }
        let expected = isLeaf ? PageLayout.PageFlags.leaf : PageLayout.PageFlags.branch
        guard page.u16(8) == 0, page.u16(10) == expected else {
            throw Misshapen(reason: "not a \(isLeaf ? "leaf" : "branch") page")
        }
        let lower = Int(page.u16(12))
        let upper = Int(page.u16(14))
        guard lower >= PageLayout.headerBytes, lower & 1 == 0, lower <= upper, upper <= PageLayout.pageBytes else {
            throw Misshapen(reason: "impossible bounds of free space")
        }
        let count = (lower - PageLayout.headerBytes) / 2
        guard count >= (isLeaf ? 1 : 2) else { throw Misshapen(reason: "too few entries") }
        var nodes: [PageNode] = []
        var extents: [Range<Int>] = []
        for index in 0..<count {
            let offset = Int(page.u16(PageLayout.headerBytes + 2 * index))
            let (node, extent) = try PageNode.read(page, at: offset, upper: upper, isLeaf: isLeaf, index: index)
            nodes.append(node)
            extents.append(extent)
        }
        var next = upper
        for extent in extents.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard extent.lowerBound == next else { throw Misshapen(reason: "entries overlap or leave a gap") }
            next = extent.upperBound
        }
        guard next == PageLayout.pageBytes else { throw Misshapen(reason: "entries do not reach the page's end") }
        return nodes
    }

    private static func read(
        _ page: PageBytes, at offset: Int, upper: Int, isLeaf: Bool, index: Int
    ) throws(Misshapen) -> (PageNode, Range<Int>) {
        let header = PageLayout.nodeHeaderBytes
        guard offset & 1 == 0, offset >= upper, offset <= PageLayout.pageBytes - header else {
            throw Misshapen(reason: "entry \(index) begins outside")
        }
        let low = UInt64(page.u32(offset))
        let flags = page.u16(offset + 4)
        let keyEnd = offset + header + Int(page.u16(offset + 6))
        let isLong = isLeaf && flags & PageLayout.NodeFlags.bigData != 0
        let dataEnd = UInt64(keyEnd) + (isLeaf ? (isLong ? 8 : low) : 0)
        guard dataEnd <= UInt64(PageLayout.pageBytes) else { throw Misshapen(reason: "entry \(index) ends outside") }
        let node = PageNode(
            key: (offset + header)..<keyEnd, data: keyEnd..<Int(dataEnd), valueBytes: low, flags: isLeaf ? flags : 0,
            child: isLeaf ? PageLayout.noPage : low | UInt64(flags) << 32)
        return (node, offset..<((Int(dataEnd) + 1) & ~1))
    }
}
