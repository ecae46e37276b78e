import Schema

/// The sections of a draft as they are saved: those of its template, in order, as far as they say something.
enum NoteSections {
    static func checked(
        _ sections: [NoteSection], _ templateName: String
    ) throws(Refusal) -> [NoteContent.Section] {
        let known = NoteTemplate.named(templateName)?.sections ?? []
        try Fields.requireCount(sections.count, "sections", max: known.count)
        var texts: [String: String] = [:]
        var left = TextLimit.note
        for (index, section) in sections.enumerated() {
            let path = "sections[\(index)]"
            guard known.contains(section.name) else {
                throw .field("\(path).name", "`\(path).name` must be one of \(known.joined(separator: ", ")).")
            }
            guard texts[section.name] == nil else {
                throw .field("\(path).name", "`\(path).name` stands in the list twice.")
            }
            texts[section.name] = ""
            guard section.hasText, section.text.contains(where: { !$0.isWhitespace }) else { continue }
            let text = try text(section.text, "\(path).text", maxLength: left)
            left -= text.count
            texts[section.name] = text
        }
        return known.compactMap { name in
            texts[name].flatMap { $0.isEmpty ? nil : NoteContent.Section(name: name, text: $0) }
        }
    }

    private static func text(_ text: String, _ path: String, maxLength: Int) throws(Refusal) -> String {
        // By bytes first: how many characters some megabytes are is not worth finding out.
        guard text.utf8.count <= TextLimit.note * 4, text.count <= maxLength else { throw tooLong(path) }
        return try Fields.text(text, path, maxLength: TextLimit.note)
    }

    /// The content's JSON, which is sealed in one piece.
    static func sealable(_ content: NoteContent) throws(Refusal) -> String {
        let json = content.json
        guard json.utf8.count <= TextLimit.noteBytes else { throw tooLong("sections") }
        return json
    }

    /// INV-NOTE-02.
    static func requireComplete(_ content: NoteContent?, _ templateName: String) throws(Refusal) {
        let known = NoteTemplate.named(templateName)?.sections ?? []
        let said = Set((content?.sections ?? []).map(\.name))
        let missing = known.filter { !said.contains($0) }
        guard missing.isEmpty else {
            throw .rule(
                "INV-NOTE-02", "Not complete",
                "A note is signed when every section says something. Still empty: \(missing.joined(separator: ", ")).")
        }
    }

    private static func tooLong(_ path: String) -> Refusal {
        .field(
            path,
            "A note has at most \(TextLimit.note) characters, or \(TextLimit.noteBytes / 1_024) KiB of them, in all its "
                + "sections together. Nothing was saved.")
    }
}
