/// The named tables of a file, as its main tree has them.
package struct NamedTrees {
    /// A named table's record and the page which it is on.
    package struct Tree {
        package let record: TreeRecord
        package let page: UInt64
    }

    private let known: [String]?
    /// By name.
    package private(set) var trees: [String: Tree] = [:]
    /// What is wrong with the main tree.
    package private(set) var faults: [PageFault] = []

    /// - Parameter known: the names that there may be; nil for any.
    package init(_ walk: PageWalk, known: [String]? = nil) {
        self.known = known
        guard let cursor = walk.mainCursor() else { return }
        while let step = cursor.next() {
            switch step {
            case .fault(let fault): faults.append(fault)
            case .entry(let entry): take(entry)
            }
        }
        if !cursor.hasFault, let mismatch = cursor.mismatch() { faults.append(mismatch) }
    }

    private mutating func take(_ entry: PageCursor.Entry) {
        let name = String(decoding: entry.key, as: UTF8.self)
        guard entry.flags == PageLayout.NodeFlags.table, entry.value.count == TreeRecord.byteCount,
            known?.contains(name) ?? true
        else {
            faults.append(PageFault(page: entry.page, "an entry that is no table of this file"))
            return
        }
        let record = TreeRecord(PageBytes(bytes: entry.value), at: 0)
        if record.pad != 0 || record.flags != 0 {
            faults.append(PageFault(page: entry.page, table: name, "a table with unknown flags"))
        }
        trees[name] = Tree(record: record, page: entry.page)
    }
}
