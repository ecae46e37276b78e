/// The sheets that a clinic brings, each a CSV file of its own.
public enum SheetKind: String, Sendable, Hashable, Codable, CaseIterable {
    case clients
    case appointments
}

/// One record of a sheet: its cells as written, and where it stands.
public struct SheetRow: Sendable, Hashable {
    /// The line of the file on which the record begins; the header is on line 1. Quoted line breaks count.
    public let line: Int
    public let cells: [String]

    public init(line: Int, cells: [String]) {
        self.line = line
        self.cells = cells
    }

    /// True for what a spreadsheet program leaves below the last row: nothing but separators and white space.
    var isBlank: Bool { cells.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
}
