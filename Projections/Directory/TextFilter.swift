import Foundation
import Schema

/// Part of a name as people type it: upper and lower case, accents and the width of letters make no difference.
public struct TextFilter {
    /// Nobody types more; what is longer is found by a part of it.
    private static let charactersMax = 200

    private let part: String

    /// Nothing, or nothing but blanks, lets everything through.
    ///
    /// - Parameter field: where it was asked for.
    init(_ part: String, field: String) throws(Refusal) {
        try Self.check(part, field: field)
        self.part = Self.folded(part.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// A character can have any number of marks; bytes first, which need no look at each.
    public static func check(_ text: String, field: String) throws(Refusal) {
        guard text.utf8.count <= 16 * charactersMax, text.count <= charactersMax else {
            throw .field(field, "`\(field)` is longer than \(charactersMax) characters.")
        }
    }

    func matches(_ texts: String...) -> Bool {
        part.isEmpty || texts.contains { Self.folded($0).contains(part) }
    }

    // Without a locale: a Turkish daemon must find what an English one finds.
    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }
}
