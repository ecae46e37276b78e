/// Decides whether bytes are UTF-8 text before anything is read out of them.
enum SheetEncoding {
    /// The bytes without a byte order mark, known to be UTF-8 without NUL.
    static func text(of bytes: [UInt8], sheet: SheetKind) throws(ImportRefusal) -> ArraySlice<UInt8> {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw .utf16(sheet: sheet)
        }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if let nul = text.firstIndex(of: 0) {
            throw .nulCharacter(sheet: sheet, line: line(at: nul, in: text))
        }
        guard String(validating: text, as: UTF8.self) != nil else {
            throw .notUTF8(sheet: sheet, line: firstInvalidLine(of: text))
        }
        return text
    }

    /// No byte of a valid sequence is a line feed, so text is UTF-8 iff each of its lines is.
    private static func firstInvalidLine(of text: ArraySlice<UInt8>) -> Int {
        for part in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            // A line without line feeds may still hold lone carriage returns.
            for piece in part.split(separator: UInt8(ascii: "\r"), omittingEmptySubsequences: false)
            where String(validating: piece, as: UTF8.self) == nil {
                return line(at: piece.startIndex, in: text)
            }
        }
        return line(at: text.endIndex, in: text)
    }

    private static func line(at index: Int, in text: ArraySlice<UInt8>) -> Int {
        var line = 1
        for offset in text.startIndex..<index where LineEnd.isLast(offset, in: text) { line += 1 }
        return line
    }
}

/// CRLF, LF and CR each end one line.
enum LineEnd {
    /// True at the last byte of a line ending.
    @inline(__always)
    static func isLast(_ offset: Int, in text: ArraySlice<UInt8>) -> Bool {
        let byte = text[offset]
        if byte == UInt8(ascii: "\n") { return true }
        guard byte == UInt8(ascii: "\r") else { return false }
        return offset + 1 >= text.endIndex || text[offset + 1] != UInt8(ascii: "\n")
    }
}
