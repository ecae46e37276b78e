/// What a field's text looks like, taken from its comment: forms such as `YYYY-MM-DD`, standards, and "as US-NY".
enum FieldExample {
    /// The forms comments speak of, the longer before those they begin with.
    private static let forms: [(mark: String, example: String)] = [
        ("YYYY-MM-DDTHH:MM", "2026-12-01T14:00"),
        ("YYYY-MM-DD", "2026-12-01"),
        ("HH:MM", "09:00"),
        ("ISO 3166-2", "US-NY"),
        ("ISO 4217", "USD"),
        ("IANA id", "America/New_York"),
        ("email", "name@example.org"),
        ("E.164", "+12125550123"),
    ]

    /// A text that has the field's form, where the comment or the name gives one away.
    private static func text(for field: FieldShape) -> String? {
        if let given = given(in: field.comment) { return given }
        if let form = forms.first(where: { field.comment.contains($0.mark) }) { return form.example }
        return field.name.hasSuffix("email") ? "name@example.org" : nil
    }

    /// Of several forms in one comment, the one a person would type: `as C-000041`.
    private static func given(in comment: String) -> String? {
        let words = comment.split(separator: " ")
        for (word, next) in zip(words, words.dropFirst()) where word == "as" || word == "like" {
            let example = next.drop { $0 == "`" }.prefix { $0 != "`" && $0 != ";" && $0 != "," }
            let trimmed = example.hasSuffix(".") ? example.dropLast() : example
            if trimmed.contains(where: \.isNumber) || trimmed.contains("-") || trimmed.contains("/") {
                return String(trimmed)
            }
        }
        return nil
    }

    /// What the end of a span looks like when its beginning has the form.
    private static let ends = [
        "2026-12-01T14:00": "2026-12-01T14:50", "2026-12-01": "2026-12-08", "09:00": "17:00",
    ]

    /// A field's own example, or one after that of the field it ends: `end` looks like `start`, and is later.
    static func text(for field: FieldShape, among fields: [FieldShape]) -> String? {
        guard field.kind == .text else { return nil }
        let beginnings = ["end": "start", "ended": "started", "to": "from", "until": "from"]
        let beginning = fields.first { $0.name == beginnings[field.name] }
        guard let form = text(for: field) ?? beginning.flatMap({ text(for: $0) }) else { return nil }
        return beginning == nil ? form : ends[form] ?? form
    }
}
