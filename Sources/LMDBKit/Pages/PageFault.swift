/// A page of `data.mdb` that is not what LMDB writes.
public struct PageFault: Error, Equatable, Sendable {
    /// The page, by number: bytes `page * 4096` and on.
    public let page: UInt64
    /// The page that led there. Damage to the number in it looks like damage to the page it names.
    public let parent: UInt64?
    /// How many pages in a row are meant: more than one for a long record.
    public let pageCount: UInt64
    /// The table the page belongs to; nil for the file's own pages.
    public let table: String?
    /// The positions that cannot be reached through it, of a table that is keyed by number.
    public let positions: Range<UInt64>?
    public let reason: String

    package init(
        page: UInt64, parent: UInt64? = nil, pageCount: UInt64 = 1, table: String? = nil,
        positions: Range<UInt64>? = nil, _ reason: String
    ) {
        self.page = page
        self.parent = parent
        self.pageCount = pageCount
        self.table = table
        self.positions = positions
        self.reason = reason
    }

    /// The place in the file.
    public var byteRange: Range<UInt64> {
        let size = UInt64(PageLayout.pageBytes)
        return (page &* size)..<(page &* size &+ pageCount &* size)
    }
}

extension PageFault: CustomStringConvertible {
    public var description: String {
        var text = "page \(page) (bytes \(byteRange.lowerBound)..<\(byteRange.upperBound))"
        if let table { text += " of \(table)" }
        if let positions { text += ", positions \(positions.lowerBound)..<\(positions.upperBound)" }
        text += ": \(reason)"
        if let parent { text += "; reached from page \(parent)" }
        return text
    }
}
