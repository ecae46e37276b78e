/// A column that the import understands. Raw values are the names used in a mapping file.
public protocol SheetColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    static var sheet: SheetKind { get }
    /// Headings that mean this column, as `HeadingKey` writes them. No two columns of a sheet share one.
    var headings: Set<String> { get }
    /// What the sheet lacks when only `present` are mapped and `absent` are declared not to be there.
    static func missing(present: Set<Self>, absent: Set<Self>) -> [Self]
}

/// How headings are compared: lower case, without accents, spaces and punctuation, with the words for "number" and
/// their like made one, so that `Chart No.`, `chart_number` and `CHART #` are the same.
enum HeadingKey {
    private static let words = [
        "number": "no", "num": "no", "nr": "no", "identifier": "id", "reference": "ref", "mins": "min",
        "minutes": "min", "minute": "min", "first": "given", "forename": "givenname", "last": "family",
        "surname": "familyname", "patient": "client", "therapist": "clinician", "practitioner": "clinician",
        "provider": "clinician", "counsellor": "clinician", "counselor": "clinician", "psychologist": "clinician",
        "appt": "appointment", "telephone": "phone", "tel": "phone", "mobile": "phone", "cell": "phone",
        "notes": "remarks", "note": "remarks", "remark": "remarks", "comment": "remarks", "comments": "remarks",
    ]

    static func of(_ heading: String) -> String {
        let spaced = heading.replacing("#", with: " number ").replacing("№", with: " number ")
        return spaced.split { !$0.isLetter && !$0.isNumber }
            .map { word in
                let key = String(word).wordKey
                return words[key] ?? key
            }
            .joined()
    }
}
