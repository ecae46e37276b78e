/// Reads a `data.mdb` without liblmdb: from the newest meta page over every tree to every page in use.
///
/// liblmdb trusts what it reads and dies of damage; this reader trusts nothing. Pages in no tree may hold anything.
package final class PageWalk {
    package let file: PageFile
    package private(set) var meta: MetaRecord?
    package private(set) var metaPage: UInt64 = 0
    package private(set) var metaFaults: [PageFault] = []
    /// The first meta page that is none, or is the other's; liblmdb would refuse it, or go by a former commit.
    private(set) var unreadableMeta: PageFault?
    var met: PageMap
    private var freeBeyondFile: UInt64 = 0

    /// - Parameter commit: the transaction whose trees are wanted; nil, or one that no meta page has, for the newest.
    /// - Throws: what keeps the file from being read at all; never for damage.
    package init(path: String, commit: UInt64? = nil) throws(LMDBError) {
        file = try PageFile(path: path)
        met = PageMap(pageCount: file.pageCount)
        readMetas(commit)
    }

    /// Whether a tree may have page `number`: after the two meta pages, and not after the last page in use.
    func isInRange(_ number: UInt64) -> Bool {
        number >= 2 && number <= (meta?.lastPage ?? 0) && number < file.pageCount
    }

    /// Goes through the main tree, whose entries are the named tables.
    package func mainCursor() -> PageCursor? {
        meta.map { PageCursor(self, $0.main, table: nil, keys: .text, parent: metaPage) }
    }

    /// Goes through the list of free pages and answers its faults. Call it when every other tree has been read.
    package func checkFreeList(areTreesWhole: Bool) -> [PageFault] {
        guard let meta else { return [] }
        let cursor = PageCursor(self, meta.free, table: nil, keys: .transactions, parent: metaPage)
        var faults: [PageFault] = []
        // First the list's own pages, then what it says: it may not name one of them.
        var lists: [PageCursor.Entry] = []
        while let step = cursor.next() {
            switch step {
            case .entry(let entry): lists.append(entry)
            case .fault(let fault): faults.append(fault)
            }
        }
        if faults.isEmpty, let mismatch = cursor.mismatch() { faults.append(mismatch) }
        for entry in lists { if let reason = take(entry, meta) { faults.append(PageFault(page: entry.page, reason)) } }
        if faults.isEmpty && areTreesWhole && UInt64(met.count) + freeBeyondFile != meta.lastPage &+ 1 {
            faults.append(PageFault(page: metaPage, "pages that are neither in use nor free"))
        }
        return faults
    }

    /// Marks the pages of one entry of the free list; answers what is wrong with it.
    private func take(_ entry: PageCursor.Entry, _ meta: MetaRecord) -> String? {
        guard PageCursor.number(entry.key) <= meta.transaction else { return "freed by a transaction still to come" }
        let list = PageBytes(bytes: entry.value)
        guard entry.flags & PageLayout.NodeFlags.table == 0, list.bytes.count >= 8, list.bytes.count % 8 == 0,
            list.u64(0) == UInt64(list.bytes.count / 8 - 1)
        else { return "a list of free pages of another length than it says" }
        for index in 1..<max(1, list.bytes.count / 8) {
            let page = list.u64(8 * index)
            guard page >= 2, page <= meta.lastPage else { return "page \(page) is free but not in the file" }
            // The file may end before its last pages when they are free.
            guard page < met.pageCount else {
                freeBeyondFile += 1
                continue
            }
            guard !met.contains(page) else { return "page \(page) is free and in use, or free twice" }
            met.insert(page)
        }
        return nil
    }

    private func readMetas(_ commit: UInt64?) {
        var records: [(page: UInt64, record: MetaRecord)] = []
        for number: UInt64 in 0...1 {
            guard let page = file.pages(number) else {
                metaFaults.append(PageFault(page: number, "the file ends before it"))
                continue
            }
            met.insert(number)
            let (record, fault) = MetaRecord.read(page, number: number)
            if let fault {
                metaFaults.append(PageFault(page: number, fault))
                unreadableMeta = unreadableMeta ?? PageFault(page: number, fault)
            }
            if let record { records.append((number, record)) }
        }
        let wanted = records.first { $0.record.transaction == commit }
        guard let read = wanted ?? records.max(by: { $0.record.transaction < $1.record.transaction }) else { return }
        meta = read.record
        metaPage = read.page
        checkRead(read.record, other: records.first { $0.page != read.page }?.record)
    }

    private func checkRead(_ read: MetaRecord, other: MetaRecord?) {
        var reasons: [String] = []
        // The other may be one commit ahead of what a reader holds.
        let numbers = [read.transaction, other?.transaction ?? read.transaction].sorted()
        if numbers[1] - numbers[0] > 1 { reasons.append("the meta pages are not neighbours") }
        if read.address != 0 { reasons.append("a fixed address") }
        let pages = read.lastPage.addingReportingOverflow(1)
        let (bytes, isOver) = pages.partialValue.multipliedReportingOverflow(by: UInt64(PageLayout.pageBytes))
        if pages.overflow || isOver || read.mapSizeBytes < bytes { reasons.append("more pages than the map has") }
        let isShrunk = other.map { $0.transaction < read.transaction && $0.mapSizeBytes > read.mapSizeBytes } ?? false
        if read.mapSizeBytes % UInt64(PageLayout.pageBytes) != 0 || isShrunk {
            reasons.append("an impossible map size")
        }
        // The free list's keys are integers; no other flag is kept.
        if read.free.flags != 0x08 || read.main.flags != 0 || read.main.pad != 0 {
            reasons.append("unknown flags of a tree")
        }
        metaFaults += reasons.map { PageFault(page: metaPage, $0) }
    }
}
