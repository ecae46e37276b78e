/// Which pages of the file have been met.
///
/// It takes room for what it met alone: a damaged page number can make liblmdb write, and with it the file end, 2^56 bytes
/// away.
struct PageMap {
    /// By number / 4,096, a bit for each page.
    private var chunks: [UInt64: [UInt64]] = [:]
    let pageCount: UInt64
    private(set) var count = 0

    init(pageCount: UInt64) { self.pageCount = pageCount }

    func contains(_ page: UInt64) -> Bool {
        chunks[page >> 12].map { $0[Int(page >> 6 & 63)] >> (page & 63) & 1 == 1 } ?? false
    }

    mutating func insert(_ page: UInt64) {
        guard !contains(page) else { return }
        chunks[page >> 12, default: [UInt64](repeating: 0, count: 64)][Int(page >> 6 & 63)] |= 1 << (page & 63)
        count += 1
    }
}
