/// How much of a sheet is read before it is refused.
public struct SheetLimits: Sendable, Hashable {
    public var bytes: Int
    /// Records below the header, blank ones included.
    public var rows: Int
    /// Cells of one record.
    public var cellsPerRow: Int
    public var cellBytes: Int
    /// Pairs listed for each kind of finding; beyond that the list is cut and says so.
    public var pairs: Int

    /// 64 MiB, 200,000 rows of 256 cells of 64 KiB (a spreadsheet program's own bound is 32,767 characters), 100,000
    /// pairs.
    public init(
        bytes: Int = 64 << 20, rows: Int = 200_000, cellsPerRow: Int = 256, cellBytes: Int = 64 << 10,
        pairs: Int = 100_000
    ) {
        self.bytes = bytes
        self.rows = rows
        self.cellsPerRow = cellsPerRow
        self.cellBytes = cellBytes
        self.pairs = pairs
    }
}
