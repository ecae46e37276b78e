/// The log's tables, as the main tree of the file names them.
struct PageTables {
    /// A named table's record and the page which it is on.
    struct Table {
        let record: TreeRecord
        let page: UInt64
    }

    static let names = ["events", "meta", "nodes"]

    private var tables: [String: Table] = [:]
    /// What is wrong with the main tree, or missing in it.
    private(set) var faults: [LogFault] = []

    init(_ walk: PageWalk) {
        guard let cursor = walk.mainCursor() else { return }
        while let step = cursor.next() {
            switch step {
            case .fault(let fault): faults.append(.page(fault))
            case .entry(let entry): take(entry)
            }
        }
        if !cursor.hasFault, let mismatch = cursor.mismatch() { faults.append(.page(mismatch)) }
        for name in Self.names where tables[name] == nil { faults.append(.description("there is no table \(name)")) }
    }

    subscript(name: String) -> Table? { tables[name] }

    private mutating func take(_ entry: PageCursor.Entry) {
        let name = String(decoding: entry.key, as: UTF8.self)
        guard entry.flags == PageLayout.NodeFlags.table, entry.value.count == TreeRecord.byteCount,
            Self.names.contains(name)
        else {
            faults.append(.page(PageFault(page: entry.page, "an entry that is no table of the log")))
            return
        }
        let record = TreeRecord(PageBytes(bytes: entry.value), at: 0)
        if record.pad != 0 || record.flags != 0 {
            faults.append(.page(PageFault(page: entry.page, table: name, "a table with unknown flags")))
        }
        tables[name] = Table(record: record, page: entry.page)
    }
}
