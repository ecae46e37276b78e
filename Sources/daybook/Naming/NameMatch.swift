import Foundation

/// A person, place or service that a word may mean.
struct Candidate: Hashable, Sendable {
    var id: UInt64
    /// What a list shows for it.
    var label: String
    /// What it is called by: names, codes, numbers.
    var names: [String]
}

/// Finds what people mean by part of a name.
enum NameMatch {
    /// All that fit in the first way in which any fits: the id; a name in full; the beginnings of its words; a part of it.
    static func find(_ text: String, among candidates: [Candidate]) -> [Candidate] {
        if let id = UInt64(text) {
            let same = candidates.filter { $0.id == id }
            if !same.isEmpty { return same }
        }
        let wanted = folded(text)
        guard !wanted.isEmpty else { return [] }
        let ways: [(String) -> Bool] = [
            { $0 == wanted },
            { beginnings(wanted, in: $0) },
            { $0.contains(wanted) },
        ]
        for way in ways {
            let found = candidates.filter { $0.names.contains { way(folded($0)) } }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// The one that is meant.
    ///
    /// - Throws: `UsageError` with those it may be, or those there are.
    static func one(_ text: String, of kind: String, among candidates: [Candidate]) throws -> Candidate {
        let found = find(text, among: candidates)
        if found.count == 1 { return found[0] }
        if found.isEmpty {
            let known = candidates.prefix(20).map(\.label)
            throw UsageError("There is no \(kind) “\(text)”.\(known.isEmpty ? "" : " There are:")", choices: known)
        }
        throw UsageError(
            "“\(text)” may be any of \(found.count). Say more of the name, or the id:", choices: found.map(\.label))
    }

    /// Every word of the one begins a different word of the other, in any order.
    private static func beginnings(_ wanted: String, in name: String) -> Bool {
        var rest = words(name)
        for word in words(wanted) {
            guard let index = rest.firstIndex(where: { $0.hasPrefix(word) }) else { return false }
            rest.remove(at: index)
        }
        return true
    }

    private static func words(_ text: String) -> [Substring] {
        text.split { !$0.isLetter && !$0.isNumber }
    }

    /// Without case and accents: nobody types the accent of Fernández in a hurry.
    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .trimmingCharacters(in: .whitespaces)
    }
}
