extension ImportRefusal: CustomStringConvertible {
    /// One or two plain sentences that name the sheet and the line; never what a cell says.
    public var description: String {
        switch self {
        case .emptySheet(let sheet):
            "The sheet of \(sheet) is empty. Its first line must hold the headings."
        case .tooManyBytes(let sheet, let limit):
            "The sheet of \(sheet) is larger than \(limit) bytes."
        case .tooManyRows(let sheet, let limit):
            "The sheet of \(sheet) has more than \(limit) rows. Bring it in several parts."
        case .tooManyCells(let sheet, let line, let limit):
            "Line \(line) of \(sheet) has more than \(limit) cells."
        case .cellTooLong(let sheet, let line, let limit):
            "Line \(line) of \(sheet) has a cell of more than \(limit) bytes. Is a quote left open there?"
        case .utf16(let sheet):
            "The sheet of \(sheet) is written in UTF-16. Save it as CSV in UTF-8."
        case .notUTF8(let sheet, let line):
            "Line \(line) of \(sheet) is not UTF-8. Save the sheet as CSV in UTF-8."
        case .nulCharacter(let sheet, let line):
            "Line \(line) of \(sheet) has a NUL character, so this is no text in UTF-8."
        case .unclosedQuote(let sheet, let line):
            "The quote that opens in line \(line) of \(sheet) is never closed."
        case .strayQuote(let sheet, let line):
            "Line \(line) of \(sheet) has a quote where none can be; within quotes it is written twice."
        default: mappingSentence
        }
    }

    private var mappingSentence: String {
        switch self {
        case .noKnownHeading(let sheet, let cells, let separator):
            "None of the \(cells) cells in the first line of \(sheet) is a known heading. "
                + (separator.map { "It seems to be separated by \($0); save it with commas." }
                    ?? "Is the line of headings missing? Otherwise name the columns in a mapping file.")
        case .missingColumns(let sheet, let missing, let found):
            "The sheet of \(sheet) has no column for \(Self.list(missing)). \(Self.found(found)) "
                + "Name the columns in a mapping file."
        case .ambiguousColumn(let sheet, let column, let headings):
            "In the sheet of \(sheet), \(column) could be any of \(Self.list(headings)). Say which in a mapping file."
        case .unknownHeading(let sheet, let column, let heading, let found):
            "The mapping looks for \(column) under \u{201C}\(heading.shown)\u{201D}, which the sheet of \(sheet) has not "
                + "or has twice. \(Self.found(found))"
        case .unknownColumnName(let sheet, let column, let known):
            "The mapping names a column \u{201C}\(column.shown)\u{201D} of \(sheet). Known: \(Self.list(known))."
        case .unreadableMapping(let reason):
            "The mapping cannot be read: \(reason)."
        case .unknownStatusName(let name, let known):
            "The mapping speaks of a status \u{201C}\(name.shown)\u{201D}. Known: \(Self.list(known))."
        case .unknownPaymentName(let name, let known):
            "The mapping speaks of a payment \u{201C}\(name.shown)\u{201D}. Known: \(Self.list(known))."
        case .unknownDateFormat(let text):
            "\u{201C}\(text.shown)\u{201D} is no date format. Write it like YYYY-MM-DD, DD/MM/YYYY, MM/DD/YYYY or D.M.YYYY."
        case .unknownClock(let text):
            "\u{201C}\(text.shown)\u{201D} is no clock. Write 12-hour or 24-hour."
        case .whichDateFormat(let sheet, let line, let candidates):
            "Not all dates are written as YYYY-MM-DD, the first in line \(line) of \(sheet). Which format is it? "
                + (candidates.isEmpty
                    ? "No usual format reads them all."
                    : "These read them all: \(Self.list(candidates)).")
        default: ""
        }
    }

    private static func found(_ headings: [String]) -> String {
        headings.isEmpty
            ? "Most cells of its first line are no known headings: is the line of headings missing?"
            : "Found: \(list(headings))."
    }

    private static func list(_ names: [String]) -> String {
        names.filter { !$0.isEmpty }.map(\.shown).joined(separator: ", ")
    }
}
