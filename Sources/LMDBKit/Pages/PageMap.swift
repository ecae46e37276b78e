/// Which pages of the file have been met.
struct PageMap {
    private var words: [UInt64]
    let pageCount: UInt64

    init(pageCount: UInt64) {
        self.pageCount = pageCount
        words = [UInt64](repeating: 0, count: Int((pageCount + 63) / 64))
    }

    func contains(_ page: UInt64) -> Bool { words[Int(page / 64)] >> (page % 64) & 1 == 1 }

    mutating func insert(_ page: UInt64) { words[Int(page / 64)] |= 1 << (page % 64) }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
