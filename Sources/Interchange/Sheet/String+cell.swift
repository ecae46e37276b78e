import Foundation

extension String {
    /// Without white space at both ends, no-break spaces included.
    var trimmed: String {
        guard let first = first, let last = last, first.isWhitespace || last.isWhitespace else { return self }
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }

    /// How two spellings of one name are compared: letter case, runs of white space and the way accents are encoded
    /// do not matter; accents themselves do. Going through upper case makes ß and SS one.
    var nameKey: String {
        uppercased().lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .precomposedStringWithCanonicalMapping
    }

    /// The same without accents, so that `Zelie` finds `Zélie`.
    var plainNameKey: String {
        nameKey.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
            .replacing("ł", with: "l").replacing("ø", with: "o")
    }

    /// Letters and digits alone, without case and accents: how words of a small vocabulary are compared.
    var wordKey: String {
        let folded = uppercased().lowercased().decomposedStringWithCanonicalMapping
        return String(
            String.UnicodeScalarView(
                folded.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
    }

    /// Cut for showing in a message, on one line.
    var shown: String {
        let line = String(
            map { $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0 })
        return line.count > 40 ? String(line.prefix(40)) + "…" : line
    }
}

extension Unicode.Scalar {
    /// Whether it could break a line of a report, or turn it around.
    var disturbsLines: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
