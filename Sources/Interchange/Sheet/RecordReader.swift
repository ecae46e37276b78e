/// Takes CSV apart record by record, strictly as RFC 4180 has it, and knows the line of everything it finds.
///
/// Written here because the library at hand forgives what a clinic must hear about: it accepts a quote that is never
/// closed, drops an empty last cell, fills short rows up, trims cells, and knows no line numbers.
struct RecordReader {
    private let bytes: ArraySlice<UInt8>
    private let sheet: SheetKind
    private let limits: SheetLimits
    private var offset: Int
    private var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    /// `bytes` must be UTF-8.
    init(bytes: ArraySlice<UInt8>, sheet: SheetKind, limits: SheetLimits) {
        self.bytes = bytes
        self.sheet = sheet
        self.limits = limits
        offset = bytes.startIndex
    }

    private var isAtEnd: Bool { offset >= bytes.endIndex }

    /// The next record; nil after the last. A line break at the end of the file begins no further record.
    mutating func next() throws(ImportRefusal) -> SheetRow? {
        guard !isAtEnd else { return nil }
        let firstLine = line
        var cells: [String] = []
        while true {
            guard cells.count < limits.cellsPerRow else {
                throw .tooManyCells(sheet: sheet, line: firstLine, limit: limits.cellsPerRow)
            }
            cells.append(try bytesAhead(Self.quote) ? quotedCell() : plainCell())
            if bytesAhead(Self.comma) {
                offset += 1
            } else {
                passLineEnd()
                return SheetRow(line: firstLine, cells: cells)
            }
        }
    }

    private func bytesAhead(_ byte: UInt8) -> Bool { !isAtEnd && bytes[offset] == byte }

    private mutating func passLineEnd() {
        guard !isAtEnd else { return }
        if bytes[offset] == Self.carriageReturn, offset + 1 < bytes.endIndex, bytes[offset + 1] == Self.lineFeed {
            offset += 1
        }
        offset += 1
        line += 1
    }

    private mutating func plainCell() throws(ImportRefusal) -> String {
        let start = offset
        while !isAtEnd {
            let byte = bytes[offset]
            if byte == Self.comma || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            if byte == Self.quote { throw .strayQuote(sheet: sheet, line: line) }
            offset += 1
        }
        try checkLength(offset - start, line: line)
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func quotedCell() throws(ImportRefusal) -> String {
        let firstLine = line
        offset += 1
        var start = offset
        var text: [UInt8] = []
        while !isAtEnd {
            if bytes[offset] != Self.quote {
                if LineEnd.isLast(offset, in: bytes) { line += 1 }
                offset += 1
                continue
            }
            text += bytes[start..<offset]
            try checkLength(text.count, line: firstLine)
            offset += 1
            guard bytesAhead(Self.quote) else {
                try checkCellEnd()
                return String(decoding: text, as: UTF8.self)
            }
            start = offset
            offset += 1
        }
        throw .unclosedQuote(sheet: sheet, line: firstLine)
    }

    private func checkCellEnd() throws(ImportRefusal) {
        guard !isAtEnd else { return }
        let byte = bytes[offset]
        guard byte == Self.comma || byte == Self.carriageReturn || byte == Self.lineFeed else {
            throw .strayQuote(sheet: sheet, line: line)
        }
    }

    private func checkLength(_ count: Int, line: Int) throws(ImportRefusal) {
        guard count <= limits.cellBytes else {
            throw .cellTooLong(sheet: sheet, line: line, limitBytes: limits.cellBytes)
        }
    }
}
