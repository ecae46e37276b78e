import Foundation

/// Looks for private text in what is told to somebody.
enum Repeats {
    /// Shorter pieces occur by chance: "client" is in many a sheet and in many a sentence.
    static let pieceBytes = 12

    /// - Parameter allowed: What may be told though it also stands among the private texts.
    /// - Throws: `BrokenPromise` when a piece of a text is repeated.
    static func none(
        of texts: some Sequence<ArraySlice<UInt8>>, in told: String, besides allowed: String
    ) throws {
        let told = Array(told.utf8)
        guard told.count >= pieceBytes else { return }
        let pieces = Set(windows(of: told[...]))
        for text in texts {
            for piece in windows(of: text) where pieces.contains(piece) && saysSomething(piece) {
                let shown = String(decoding: piece, as: UTF8.self)
                try promise(allowed.contains(shown), "private text is repeated: \(shown)")
            }
        }
    }

    /// Names as sentences list them, one by one or with commas.
    static func lists(of names: [String]) -> String {
        names.joined(separator: "\n") + "\n"
            + names.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: ", ")
    }

    private static func windows(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard text.count >= pieceBytes else { return [] }
        return (text.startIndex...text.endIndex - pieceBytes).map { text[$0..<$0 + pieceBytes] }
    }

    /// Runs of blanks and of one letter repeat themselves.
    private static func saysSomething(_ piece: ArraySlice<UInt8>) -> Bool { Set(piece).count >= 5 }
}
