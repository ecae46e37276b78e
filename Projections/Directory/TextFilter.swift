import Foundation
import Schema

/// Part of a name as people type it: upper and lower case, accents and the width of letters make no difference.
struct TextFilter {
    /// No name or number is longer.
    private static let charactersMax = 200

    private let part: String

    /// Nothing, or nothing but blanks, lets everything through.
    ///
    /// - Parameter field: where it was asked for.
    init(_ part: String, field: String) throws(Refusal) {
        // An upper bound that needs no look at each character first.
        guard part.utf8.count <= 16 * Self.charactersMax, part.count <= Self.charactersMax else {
            throw .field(field, "`\(field)` is longer than \(Self.charactersMax) characters.")
        }
        self.part = Self.folded(part.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    func matches(_ texts: String...) -> Bool {
        part.isEmpty || texts.contains { Self.folded($0).contains(part) }
    }

    // Without a locale: a Turkish daemon must find what an English one finds.
    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }
}
