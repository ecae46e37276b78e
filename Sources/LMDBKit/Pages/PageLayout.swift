/// LMDB's file format, data version 1 (mdb.c of 0.9.24: MDB_page, MDB_node, MDB_db, MDB_meta), on 4 KiB pages.
package enum PageLayout {
    package static let pageBytes = 4096
    static let headerBytes = 16
    static let nodeHeaderBytes = 8
    static let magic: UInt32 = 0xBEEF_C0DE
    static let version: UInt32 = 1
    /// No page: the root of an empty tree.
    static let noPage = UInt64.max
    /// Deeper trees than LMDB's cursor stack are not made by it.
    static let depthMax: UInt16 = 32

    enum PageFlags {
        static let branch: UInt16 = 0x01
        static let leaf: UInt16 = 0x02
        static let overflow: UInt16 = 0x04
        static let meta: UInt16 = 0x08
    }

    enum NodeFlags {
        /// The value lies on overflow pages.
        static let bigData: UInt16 = 0x01
        /// The value is the record of a named table.
        static let table: UInt16 = 0x02
    }

    /// Pages that a long value of `count` bytes takes up.
    static func overflowPages(_ count: UInt64) -> UInt64 {
        (UInt64(headerBytes) - 1 + count) / UInt64(pageBytes) + 1
    }
}

/// One tree of the file (MDB_db, 48 bytes).
package struct TreeRecord: Equatable {
    static let byteCount = 48
    let pad: UInt32
    let flags: UInt16
    let depth: UInt16
    var branchPages: UInt64
    var leafPages: UInt64
    var overflowPages: UInt64
    package var entries: UInt64
    let root: UInt64

    init(_ page: PageBytes, at offset: Int) {
        pad = page.u32(offset)
        flags = page.u16(offset + 4)
        depth = page.u16(offset + 6)
        branchPages = page.u64(offset + 8)
        leafPages = page.u64(offset + 16)
        overflowPages = page.u64(offset + 24)
        entries = page.u64(offset + 32)
        root = page.u64(offset + 40)
    }
}

/// One of the two meta pages (MDB_meta).
package struct MetaRecord {
    let address: UInt64
    let mapSizeBytes: UInt64
    let free: TreeRecord
    let main: TreeRecord
    let lastPage: UInt64
    package let transaction: UInt64

    /// Reads page `number` (0 or 1); answers what is wrong with what both pages must have.
    static func read(_ page: PageBytes, number: UInt64) -> (record: MetaRecord?, fault: String?) {
        guard page.u64(0) == number else { return (nil, "its number is \(page.u64(0))") }
        guard page.u16(8) == 0, page.u16(10) == PageLayout.PageFlags.meta else { return (nil, "not a meta page") }
        guard page.u32(16) == PageLayout.magic else { return (nil, "not LMDB's magic number") }
        guard page.u32(20) == PageLayout.version else { return (nil, "data version \(page.u32(20))") }
        guard page.u32(40) == UInt32(PageLayout.pageBytes) else { return (nil, "page size \(page.u32(40))") }
        let record = MetaRecord(
            address: page.u64(24), mapSizeBytes: page.u64(32), free: TreeRecord(page, at: 40),
            main: TreeRecord(page, at: 88), lastPage: page.u64(136), transaction: page.u64(144))
        // Transaction N writes meta page N mod 2; a new file has 0 on both.
        let isInPlace = record.transaction == 0 || record.transaction & 1 == number
        return isInPlace ? (record, nil) : (nil, "transaction \(record.transaction) belongs on the other meta page")
    }
}
