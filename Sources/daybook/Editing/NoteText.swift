import Schema

/// A note as a text to be edited: sections under their headings.
///
/// What is typed is never lost by its form: without a heading it belongs to the first section, and a heading that is none
/// of the template's is text.
struct NoteText: Equatable {
    struct Section: Equatable {
        var name: String
        var text: String
    }

    /// All that the template has, in its order.
    var sections: [Section]

    init(names: [String], texts: [String: String] = [:]) {
        sections = names.map { Section(name: $0, text: texts[$0] ?? "") }
    }

    /// No section says anything.
    var isEmpty: Bool { sections.allSatisfy(\.text.isEmpty) }

    /// - Parameter remarks: told to the author, and no part of the note.
    func rendered(_ remarks: [String]) -> String {
        var lines = remarks.map { "\(Self.remark) \($0)" } + [""]
        for section in sections {
            lines.append("== \(section.name.capitalizedFirst) ==")
            lines += section.text.isEmpty ? [] : Self.lines(section.text).map(Self.escaped)
            lines.append("")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads back what an editor has left.
    init(reading text: String, names: [String]) {
        self.init(names: names)
        guard !names.isEmpty else { return }
        var collected = [[String]](repeating: [], count: names.count)
        var current = 0
        for line in Self.lines(text) {
            if line.hasPrefix(Self.remark) { continue }
            if let index = Self.heading(line, names) {
                // A heading that comes twice goes on where the first left off.
                current = index
            } else {
                collected[current].append(Self.unescaped(line))
            }
        }
        for (index, lines) in collected.enumerated() { sections[index].text = Self.trimmed(lines) }
    }

    /// - Throws: `UsageError` when it is longer than a note may be.
    func requireFitting() throws {
        let count = sections.reduce(0) { $0 + $1.text.count }
        guard count <= NoteContent.charactersMax else {
            throw UsageError(
                "A note has at most \(NoteContent.charactersMax) characters in all its sections together, and this has "
                    + "\(count). Nothing was saved.")
        }
    }

    private static let remark = "#:"

    /// Whatever ends a line where it was typed.
    private static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    }

    private static func heading(_ line: String, _ names: [String]) -> Int? {
        guard line.hasPrefix("==") else { return nil }
        let word = line.filter { $0 != "=" && !$0.isWhitespace }.lowercased()
        return names.firstIndex(of: word)
    }

    /// A line of the note's own that looks like a remark or a heading is marked with a backslash.
    private static func escaped(_ line: String) -> String { isSpecial(line) ? "\\" + line : line }

    private static func unescaped(_ line: String) -> String {
        line.hasPrefix("\\") && isSpecial(line) ? String(line.dropFirst()) : line
    }

    private static func isSpecial(_ line: String) -> Bool {
        let rest = line.drop { $0 == "\\" }
        return rest.hasPrefix(remark) || rest.hasPrefix("==")
    }

    /// Without the empty lines around it.
    private static func trimmed(_ lines: [String]) -> String {
        func isBlank(_ line: String) -> Bool { line.allSatisfy(\.isWhitespace) }
        let rest = lines.drop(while: isBlank)
        let end = rest.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? rest.startIndex
        return rest[rest.startIndex..<end].joined(separator: "\n")
    }
}
