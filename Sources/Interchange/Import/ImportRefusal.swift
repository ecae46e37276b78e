/// Why an import cannot begin: the sheets as a whole, or what was declared about them, cannot be read.
///
/// A fault of one row is never a refusal; see `BadRow`.
public enum ImportRefusal: Error, Sendable, Hashable {
    case emptySheet(sheet: SheetKind)
    case tooManyBytes(sheet: SheetKind, limit: Int)
    case tooManyRows(sheet: SheetKind, limit: Int)
    case tooManyCells(sheet: SheetKind, line: Int, limit: Int)
    case cellTooLong(sheet: SheetKind, line: Int, limitBytes: Int)
    case utf16(sheet: SheetKind)
    case notUTF8(sheet: SheetKind, line: Int)
    case nulCharacter(sheet: SheetKind, line: Int)
    case unclosedQuote(sheet: SheetKind, line: Int)
    case strayQuote(sheet: SheetKind, line: Int)

    /// No heading is known: the first line may be data, so it is not repeated here.
    case noKnownHeading(sheet: SheetKind, cells: Int, separator: String?)
    /// `missing` in the names of a mapping file, `found` the headings of the sheet; none where most cells of the first line
    /// are no known headings, since it may be data then. So it is below.
    case missingColumns(sheet: SheetKind, missing: [String], found: [String])
    /// Several headings could be one column.
    case ambiguousColumn(sheet: SheetKind, column: String, headings: [String])
    case unknownHeading(sheet: SheetKind, column: String, heading: String, found: [String])
    case unknownColumnName(sheet: SheetKind, column: String, known: [String])
    case unreadableMapping(reason: String)
    case unknownStatusName(name: String, known: [String])
    case unknownPaymentName(name: String, known: [String])
    case unknownDateFormat(text: String)
    case unknownClock(text: String)
    /// Dates are not all ISO and no format was declared (INV-IMP-07). `candidates` read every date of both sheets.
    case whichDateFormat(sheet: SheetKind, line: Int, candidates: [String])
}
