import Timetable

/// Reads one row of a sheet of clients.
struct ClientReader {
    let mapping: ColumnMapping<ClientColumn>
    let dateFormat: DateFormat
    /// The day after which nobody is born yet.
    let today: LocalDate
    /// References that more than one row bears. None of these rows is read: nothing says which of them is meant.
    let usedTwice: Set<String>

    func read(_ row: SheetRow) throws(BadReason) -> ClientRow {
        if row.cells.count < mapping.width { throw .tooFewCells }
        if row.cells.count > mapping.width { throw .tooManyCells }
        let reference = try Reference.read(mapping.cell(.reference, of: row))
        if usedTwice.contains(reference) { throw .referenceUsedTwice }
        let (first, last) = name(row)
        if first.isEmpty && last.isEmpty { throw .noName }
        return ClientRow(
            reference: reference, line: row.line, firstName: first, lastName: last,
            preferredName: mapping.cell(.preferredName, of: row).nilIfEmpty,
            pronouns: mapping.cell(.pronouns, of: row).nilIfEmpty, dateOfBirth: try dateOfBirth(row),
            email: mapping.cell(.email, of: row).nilIfEmpty, phone: mapping.cell(.phone, of: row).nilIfEmpty,
            address: mapping.cell(.address, of: row).nilIfEmpty,
            therapist: mapping.cell(.therapist, of: row).nilIfEmpty,
            remarks: mapping.cell(.remarks, of: row).nilIfEmpty)
    }

    /// An empty cell means "not known" (INV-CLI-02).
    private func dateOfBirth(_ row: SheetRow) throws(BadReason) -> LocalDate? {
        let text = mapping.cell(.dateOfBirth, of: row)
        if text.isEmpty { return nil }
        guard let date = dateFormat.date(text) else { throw .noSuchDateOfBirth }
        guard date <= today else { throw .bornInTheFuture }
        return date
    }

    /// A full name is `Family, Given` or `Given … Family`.
    private func name(_ row: SheetRow) -> (first: String, last: String) {
        let first = mapping.cell(.firstName, of: row)
        let last = mapping.cell(.lastName, of: row)
        guard first.isEmpty, last.isEmpty else { return (first, last) }
        let full = mapping.cell(.fullName, of: row)
        if let comma = full.firstIndex(of: ",") {
            return (String(full[full.index(after: comma)...]).trimmed, String(full[..<comma]).trimmed)
        }
        let words = full.split(whereSeparator: \.isWhitespace)
        guard words.count > 1, let family = words.last else { return (full, "") }
        return (words.dropLast().joined(separator: " "), String(family))
    }
}
