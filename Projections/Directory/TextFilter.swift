import Foundation

/// Part of a name as people type it: upper and lower case, accents and the width of letters make no difference.
struct TextFilter {
    private let part: String

    /// Nothing, or nothing but blanks, lets everything through.
    init(_ part: String) {
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
