/// Which column of a sheet holds what: guessed from the headings, unless declared.
public struct ColumnMapping<Column: SheetColumn>: Sendable {
    /// The heading found for each mapped column.
    public let headings: [Column: String]
    /// Headings that nothing is taken from, in the order of the sheet.
    public let ignored: [String]
    /// Every row must have as many cells.
    public let width: Int
    private let positions: [Column: Int]

    /// `declared`: a heading for a column, or nil where the sheet has none; it goes before every guess.
    public init(_ header: [String], declared: [String: String?] = [:]) throws(ImportRefusal) {
        let given = try Self.columns(declared)
        let found = Self.shownHeadings(header)
        var positions: [Column: Int] = [:]
        for (column, heading) in given.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            guard let heading else { continue }
            positions[column] = try Self.position(of: heading, for: column, in: header, found: found)
        }
        let taken = Set(positions.values)
        for column in Column.allCases where given.index(forKey: column) == nil {
            let matches = header.indices.filter {
                !taken.contains($0) && column.headings.contains(HeadingKey.of(header[$0]))
            }
            guard matches.count <= 1 else {
                throw .ambiguousColumn(
                    sheet: Column.sheet, column: column.rawValue, headings: matches.map { header[$0] })
            }
            positions[column] = matches.first
        }
        try Self.check(positions, given: given, header: header, found: found)
        self.positions = positions
        headings = positions.mapValues { header[$0] }
        let used = Set(positions.values)
        ignored = header.indices.filter { !used.contains($0) && !header[$0].isEmpty }.map { header[$0] }
        width = header.count
    }

    /// What the row says there, trimmed; empty where the sheet has no such column or the row no such cell.
    func cell(_ column: Column, of row: SheetRow) -> String {
        guard let position = positions[column], row.cells.indices.contains(position) else { return "" }
        return row.cells[position].trimmed
    }

    func has(_ column: Column) -> Bool { positions[column] != nil }

    /// The headings, if most cells are known ones; else none: a first line that is no line of headings is somebody's data,
    /// which no error may repeat.
    private static func shownHeadings(_ header: [String]) -> [String] {
        let cells = header.filter { !$0.isEmpty }
        let known = Set(Column.allCases.flatMap(\.headings))
        return cells.count { known.contains(HeadingKey.of($0)) } * 2 > cells.count ? cells : []
    }

    private static func columns(_ declared: [String: String?]) throws(ImportRefusal) -> [Column: String?] {
        var columns: [Column: String?] = [:]
        for (name, heading) in declared.sorted(by: { $0.key < $1.key }) {
            guard let column = Column(rawValue: name) else {
                throw .unknownColumnName(
                    sheet: Column.sheet, column: name, known: Column.allCases.map(\.rawValue))
            }
            columns.updateValue(heading, forKey: column)
        }
        return columns
    }

    private static func position(
        of heading: String, for column: Column, in header: [String], found: [String]
    ) throws(ImportRefusal) -> Int {
        let exact = header.indices.filter { header[$0] == heading.trimmed }
        let key = HeadingKey.of(heading)
        let alike = exact.isEmpty ? header.indices.filter { !key.isEmpty && HeadingKey.of(header[$0]) == key } : exact
        guard alike.count == 1, !heading.trimmed.isEmpty else {
            throw .unknownHeading(sheet: Column.sheet, column: column.rawValue, heading: heading, found: found)
        }
        return alike[0]
    }

    private static func check(
        _ positions: [Column: Int], given: [Column: String?], header: [String], found: [String]
    ) throws(ImportRefusal) {
        guard !positions.isEmpty else {
            throw .noKnownHeading(sheet: Column.sheet, cells: header.count, separator: Separator.seeming(in: header))
        }
        let absent = Set(given.filter { $0.value == nil }.keys)
        let missing = Column.missing(present: Set(positions.keys), absent: absent)
        guard missing.isEmpty else {
            throw .missingColumns(sheet: Column.sheet, missing: missing.map(\.rawValue), found: found)
        }
    }
}

/// Recognises a sheet that was saved with another separator, to say so.
enum Separator {
    static func seeming(in header: [String]) -> String? {
        guard header.count == 1 else { return nil }
        if header[0].contains(";") { return "semicolons" }
        if header[0].contains("\t") { return "tabs" }
        if header[0].contains("|") { return "bars" }
        return nil
    }
}
