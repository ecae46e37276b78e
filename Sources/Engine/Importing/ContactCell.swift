import Clinic

/// What a cell for one address or one number has in it.
enum ContactCell: Equatable {
    case usable(String)
    /// The first of several, or the one among words.
    case firstOf(String)
    /// Only that there is none.
    case nothing
    case unusable

    private static let placeholders: Set<String> = [
        "n/a", "na", "n.a.", "none", "nil", "no", "unknown", "not known", "-", "--", "–", "—", "?", "x",
    ]

    static func email(_ text: String) -> ContactCell {
        let edges: Set<Character> = ["<", ">", "(", ")", "[", "]", "\"", "'"]
        return read(text, separators: [",", ";", "/", "|", " "]) { part in
            var part = Substring(part)
            while let first = part.first, edges.contains(first) { part.removeFirst() }
            while let last = part.last, edges.contains(last) { part.removeLast() }
            let sides = part.split(separator: "@", omittingEmptySubsequences: false)
            guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty }),
                max(part.utf8.count, part.lowercased().utf8.count) <= TextLimit.email
            else { return nil }
            return String(part)
        }
    }

    static func phone(_ text: String) -> ContactCell {
        if text.count <= TextLimit.phone, OneLine.of(text) == text, !isPlaceholder(text) { return .usable(text) }
        return read(text, separators: [",", ";", "/", "|"]) { part in
            part.count <= TextLimit.phone && part.filter(\.isNumber).count >= 5 ? part : nil
        }
    }

    private static func isPlaceholder(_ text: String) -> Bool { placeholders.contains(text.lowercased()) }

    private static func read(
        _ text: String, separators: Set<Character>, _ value: (String) -> String?
    ) -> ContactCell {
        if isPlaceholder(text) { return .nothing }
        let parts = text.split {
            separators.contains($0) || $0.isNewline || $0.isWhitespace && separators.contains(" ")
        }
        .map { OneLine.of(String($0)) }
        guard let first = parts.lazy.compactMap(value).first else { return .unusable }
        return first == text ? .usable(first) : .firstOf(first)
    }
}
