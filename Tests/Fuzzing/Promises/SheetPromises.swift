import Interchange

/// A clinic's old sheets. A whole that cannot be read is refused without repeating anybody's data; of what is read every
/// row is accounted for, and what the report finds is what comparing everything with everything finds.
enum SheetPromises {
    static func hold(for input: SheetInput, _ reader: FuzzTarget.Reader) throws -> Bool {
        var source = input.source
        let sheets = try [(SheetKind.clients, source.clients), (.appointments, source.appointments)]
            .map { kind, bytes in try sheet(kind, bytes, reader) }
        do throws(ImportRefusal) {
            if !input.mapping.isEmpty { source.mapping = try MappingFile(json: input.mapping) }
        } catch {
            try hold(for: error, input)
            return false
        }
        let reading: ImportReading
        do throws(ImportRefusal) {
            reading = try ImportReading(source)
        } catch {
            try hold(for: error, input)
            return false
        }
        guard let clients = sheets[0], let appointments = sheets[1] else {
            throw BrokenPromise(description: "sheets are read together of which one alone is refused")
        }
        try ReportPromises.hold(for: reading, clients: clients, appointments: appointments)
        try ReportPromises.holdPrivate(reading.report, source, clients, appointments)
        try CellPromises.hold(for: reading, in: appointments)
        return true
    }

    /// The sheet alone, nil when it is refused, as the plain reader has it.
    private static func sheet(_ kind: SheetKind, _ bytes: [UInt8], _ reader: FuzzTarget.Reader) throws -> Sheet? {
        let plain = PlainCSV(bytes)
        let sheet: Sheet
        do throws(ImportRefusal) {
            sheet = try Sheet(kind, bytes: reader == .daybook ? bytes : withoutInnerQuotes(bytes))
        } catch {
            let isOfQuotes =
                switch error {
                case .strayQuote, .unclosedQuote: true
                default: false
                }
            try promise(!isOfQuotes || plain == nil, "refused for a quote that is right: \(error)")
            return nil
        }
        guard let plain else { throw BrokenPromise(description: "read in spite of a quote that is wrong") }
        let rows = plain.rows.dropFirst().filter { !isBlank($0) }
        try promise(sheet.rows.map(\.line) == rows.map(\.line), "the rows are on other lines than a plain reader's")
        try promise(
            sheet.rows.map { $0.cells.map { Array($0.utf8) } } == rows.map(\.cells),
            "the cells are others than a plain reader's")
        try promise(sheet.header.count == plain.rows.first?.cells.count, "the header has other cells")
        return sheet
    }

    private static func isBlank(_ row: PlainCSV.Row) -> Bool {
        row.cells.allSatisfy { String(decoding: $0, as: UTF8.self).allSatisfy(\.isWhitespace) }
    }

    /// The fault that is planted: a reader that does not know that a quote within quotes is written twice.
    private static func withoutInnerQuotes(_ bytes: [UInt8]) -> [UInt8] {
        bytes.split(separator: Array("\"\"".utf8), omittingEmptySubsequences: false).flatMap { $0 }
    }

    private static func hold(for error: ImportRefusal, _ input: SheetInput) throws {
        let sentence = error.description
        try promise(sentence.hasSuffix(".") || sentence.hasSuffix("?"), "no sentence: \(sentence)")
        try promise(!sentence.contains(where: \.isNewline), "more than one line: \(sentence)")
        try promise(sentence.utf8.count <= 65_536, "the refusal is too long")
        for sheet in [\ImportSource.clients, \.appointments] {
            let bytes = input.source[keyPath: sheet]
            // Headings may be told. A sheet that cannot be taken apart has none.
            let places = PlainCSV(bytes)?.rows.dropFirst().flatMap(\.places) ?? [bytes.indices]
            try Repeats.none(of: bytes, at: places, in: sentence) { other in
                var source = input.source
                source[keyPath: sheet] = other
                return refusal { () throws(ImportRefusal) in
                    if !input.mapping.isEmpty { source.mapping = try MappingFile(json: input.mapping) }
                    return try ImportReading(source)
                }?.description
            }
        }
    }
}
