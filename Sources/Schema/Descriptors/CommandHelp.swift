/// Pages of help for commands and queries, from the schema.
public enum CommandHelp {
    /// What a message is for, its fields with their forms, and an example; nil for a name that the schema does not have.
    public static func text(for name: String) -> String? {
        guard let shape = Descriptors.schema.message(named: name) else { return nil }
        var lines = [shape.name]
        lines += wrapped(shape.comment, indent: 2)
        lines.append("")
        if shape.fields.isEmpty { lines.append("  It has no fields.") }
        lines += fields(of: shape, indent: 2, within: [shape.fullName])
        lines.append("")
        lines.append("Example:")
        lines.append("  " + String(decoding: example(for: shape).bytes, as: UTF8.self))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The name that was probably meant.
    public static func nearest(to name: String) -> String? {
        NearestWord.find(name, among: (Requests.commands + Requests.queries).map(\.name))
    }

    /// Every field on a line of its own, its comment below, the fields of what it holds further in.
    private static func fields(of shape: MessageShape, indent: Int, within outer: Set<String>) -> [String] {
        let width = shape.fields.map(\.jsonName.count).max() ?? 0
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for field in shape.fields {
            let name = field.jsonName.padding(to: width)
            let form = wrapped(FieldWords.form(of: field, in: shape), indent: indent + width + 2)
            lines.append("\(margin)\(name)  \(form[0].drop { $0 == " " })")
            lines += form.dropFirst() + wrapped(field.comment, indent: indent + width + 2)
            guard case .message(let index) = field.kind else { continue }
            let inner = Descriptors.schema.messages[index]
            guard !outer.contains(inner.fullName) else { continue }
            lines += fields(of: inner, indent: indent + 4, within: outer.union([inner.fullName]))
        }
        return lines
    }

    /// Lines of at most 100 columns.
    private static func wrapped(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= 100 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(margin + word)
            }
        }
        return lines
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
