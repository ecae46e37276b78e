/// Which option of a verb says what a field of the schema is, for who types options and is told of fields.
enum FieldOption {
    /// Where the option is not called as the field is. The first that the verb has is meant.
    private static let names: [String: [String]] = [
        "start": ["--at", "--from", "--to"], "end": ["--to"], "effectiveFrom": ["--from"], "staff": ["--with"],
        "primaryTherapist": ["--therapist"], "modality": ["--how"], "channel": ["--by-way-of"],
        "overrideReason": ["--override"], "retrospectiveReason": ["--afterwards"], "clientPlace": ["--place"],
        "clientJurisdiction": ["--jurisdiction"], "minutesWaited": ["--waited"], "ownerName": ["--owner"],
        "ownerEmail": ["--email"], "capacity": ["--people"], "concurrent": ["--at-once"], "sha256": ["--out"],
    ]

    /// What to say beside the field; nil when no option of the verb belongs to it.
    ///
    /// - Parameters:
    ///   - field: A path, as `prices[0].amount`.
    ///   - page: The verb's page of help.
    static func hint(for field: String, on page: String) -> String? {
        let field = String(field.prefix { $0 != "[" && $0 != "." })
        let words = Set(page.split { !$0.isLetter && !$0.isNumber && $0 != "-" })
        let options = ["--" + field.spaced.replacing(" ", with: "-")] + (names[field] ?? [])
        if let option = options.first(where: { words.contains(Substring($0)) }) { return "here: \(option)" }
        // Nobody types a hash.
        return field == "sha256" ? "see daybook enrol" : nil
    }
}
