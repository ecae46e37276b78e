import Foundation

/// The short code of a service that a sheet only names.
enum ServiceCode {
    static let mostCharacters = 40

    /// Letters and digits of the name, cut to length, with a number behind it when it is taken. Codes that differ in case
    /// alone count as one: people read them aloud.
    static func make(for name: String, taken: Set<String>) -> String {
        let folded = NameFolding.fold(name).map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
        let words = folded.split(separator: "-").joined(separator: "-")
        let base = words.isEmpty ? "service" : cut(words, to: mostCharacters)
        let taken = Set(taken.map { $0.lowercased() })
        guard taken.contains(base.lowercased()) else { return base }
        var number = 2
        while true {
            let code = cut(base, to: mostCharacters - "-\(number)".count) + "-\(number)"
            if !taken.contains(code.lowercased()) { return code }
            number += 1
        }
    }

    private static func cut(_ text: String, to count: Int) -> String {
        var cut = String(text.prefix(count))
        while cut.hasSuffix("-") { cut.removeLast() }
        return cut
    }
}
