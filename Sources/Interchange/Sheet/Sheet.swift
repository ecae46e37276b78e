/// A CSV file as a header and rows of text, every row with the line it stands on (RFC 4180, UTF-8).
public struct Sheet: Sendable, Hashable {
    public let kind: SheetKind
    /// The first record, cells trimmed.
    public let header: [String]
    /// The records below the header, without the blank ones.
    public let rows: [SheetRow]

    /// Reads the whole file. Lines may end in CRLF, LF or CR; a byte order mark of UTF-8 is passed over.
    ///
    /// Rows with too few or too many cells are kept as they are: whether that matters is the reader's question.
    public init(_ kind: SheetKind, bytes: [UInt8], limits: SheetLimits = SheetLimits()) throws(ImportRefusal) {
        guard bytes.count <= limits.bytes else {
            throw .tooManyBytes(sheet: kind, limit: limits.bytes)
        }
        let text = try SheetEncoding.text(of: bytes, sheet: kind)
        var reader = RecordReader(bytes: text, sheet: kind, limits: limits)
        guard let first = try reader.next(), !first.isBlank else { throw .emptySheet(sheet: kind) }
        var rows: [SheetRow] = []
        var count = 0
        while let row = try reader.next() {
            count += 1
            guard count <= limits.rows else { throw .tooManyRows(sheet: kind, limit: limits.rows) }
            if !row.isBlank { rows.append(row) }
        }
        self.kind = kind
        self.header = first.cells.map { $0.trimmed }
        self.rows = rows
    }
}
