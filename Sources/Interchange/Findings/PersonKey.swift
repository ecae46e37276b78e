import Timetable

/// What two files can have in common, in a form in which equal means alike.
struct PersonKey {
    /// First and last name; letter case, accents, hyphens and spaces do not count, since a second piece of evidence
    /// is always asked for.
    let name: String
    /// Days since 1970-01-01.
    let birth: Int?
    let email: String?
    let phone: String?

    init(_ row: ClientRow) {
        name = row.firstName.wordKey + "\u{1F}" + row.lastName.wordKey
        birth = row.dateOfBirth?.daysSinceEpoch
        email = row.email.flatMap(Self.email)
        phone = row.phone.flatMap(Self.phone)
    }

    private static func email(_ text: String) -> String? {
        text.contains("@") ? text.lowercased() : nil
    }

    /// The last nine digits: with and without the country's code and the leading zero one number stays one. Whatever
    /// follows a letter is an extension. Fewer than seven digits say nothing.
    private static func phone(_ text: String) -> String? {
        let digits = text.prefix { !$0.isLetter }.filter { $0.isASCII && $0.isNumber }
        return digits.count >= 7 ? String(digits.suffix(9)) : nil
    }
}
