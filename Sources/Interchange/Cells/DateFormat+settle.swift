/// Where a date stands in a sheet.
struct DateCell {
    let sheet: SheetKind
    let line: Int
    let text: String
}

extension DateFormat {
    /// The declared format; without one ISO, if every date is written so, else the question which it is (INV-IMP-07).
    ///
    /// Nothing is guessed from the dates themselves: 03/04/2025 never says whether it is in March or in April.
    static func settle(declared: String?, cells: [DateCell]) throws(ImportRefusal) -> DateFormat {
        if let declared {
            guard let format = DateFormat(declared) else { throw .unknownDateFormat(text: declared) }
            return format
        }
        guard let first = cells.first(where: { !DateFormat.iso.matches($0.text) }) else { return .iso }
        let candidates = usual.filter { format in cells.allSatisfy { format.date($0.text) != nil } }
        throw .whichDateFormat(sheet: first.sheet, line: first.line, candidates: candidates.map(\.text))
    }
}
