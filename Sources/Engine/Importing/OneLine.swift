import Clinic

/// Texts of sheets, made so that the book takes them.
enum OneLine {
    /// On one line, without control characters.
    static func of(_ text: String) -> String {
        text.split { $0.isWhitespace || $0.unicodeScalars.contains(where: isControl) }.joined(separator: " ")
    }

    /// The same, cut to the length that names may have.
    static func name(_ text: String) -> String { cut(of(text), to: TextLimit.name) }

    /// As it is, but for control characters that are no line breaks.
    static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { !isControl($0) || $0 == "\n" || $0 == "\r" || $0 == "\t" }))
    }

    /// At most so many characters, the last then an ellipsis; a character may hold any number of marks, so bytes count
    /// too.
    static func cut(_ text: String, to most: Int) -> String {
        guard text.count > most || text.utf8.count > most * 4 else { return text }
        var kept = text.prefix(max(0, most - 1))
        while kept.utf8.count > most * 4 - 3, !kept.isEmpty { kept.removeLast() }
        return kept + "…"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}
