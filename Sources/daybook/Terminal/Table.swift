/// Rows under headings, in columns as wide as they need and the terminal allows.
struct Table: Sendable {
    struct Column: Sendable {
        var title: String
        var isRight = false
        /// Gives way first when the terminal is narrow.
        var isFlexible = true

        init(_ title: String) { self.title = title }

        /// A number: to the right, and never cut.
        static func number(_ title: String) -> Column {
            var column = Column(title)
            column.isRight = true
            column.isFlexible = false
            return column
        }

        /// A code, time or word that says nothing when it is cut.
        static func fixed(_ title: String) -> Column {
            var column = Column(title)
            column.isFlexible = false
            return column
        }
    }

    var columns: [Column]
    var rows: [[String]]
    private static let gap = "  "
    /// A flexible column keeps this much.
    private static let flexibleMin = 6

    init(_ columns: [Column], _ rows: [[String]]) {
        self.columns = columns
        self.rows = rows.map { $0.map(\.printable) }
    }

    /// - Parameter width: Columns of the terminal; nil for as many as it takes.
    func lines(width: Int? = nil, isColoured: Bool = false) -> [String] {
        let shown = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        guard !shown.isEmpty else { return [] }
        let widths = self.widths(of: shown, within: width)
        let head = line(shown, widths) { columns[$0].title }
        return [Style.bold.applied(to: head, when: isColoured)] + rows.map { row in line(shown, widths) { row[$0] } }
    }

    private func line(_ shown: [Int], _ widths: [Int], _ text: (Int) -> String) -> String {
        let cells = zip(shown, widths).map { column, width in
            let cell = text(column).cut(to: width)
            let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)))
            return columns[column].isRight ? space + cell : cell + space
        }
        let line = cells.joined(separator: Self.gap)
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// Takes a column at a time off the widest flexible one until the line fits.
    private func widths(of shown: [Int], within limit: Int?) -> [Int] {
        var widths = shown.map { column in
            rows.reduce(DisplayWidth.of(columns[column].title)) { max($0, DisplayWidth.of($1[column])) }
        }
        guard let limit else { return widths }
        var excess = widths.reduce(0, +) + Self.gap.count * (shown.count - 1) - limit
        while excess > 0 {
            let widest = shown.indices
                .filter { columns[shown[$0]].isFlexible && widths[$0] > Self.flexibleMin }
                .max { widths[$0] < widths[$1] }
            guard let widest else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}
