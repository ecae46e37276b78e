import Timetable

/// How a sheet writes dates, such as `DD/MM/YYYY`.
///
/// `D` and `M` take one or two digits, and so do `DD` and `MM` where a separator follows; `MMM` takes an English
/// month name or its first three letters; `YYYY` takes four digits. Two-digit years are no format: they do not say
/// which century.
public struct DateFormat: Sendable, Hashable {
    /// As declared.
    public let text: String
    private let parts: [Part]

    fileprivate enum Part: Hashable {
        case year, month, monthName, day
        case literal(Character)
    }

    public static let iso = DateFormat(
        text: "YYYY-MM-DD",
        parts: [
            .year, .literal("-"), .month, .literal("-"), .day,
        ])

    /// Formats worth proposing, in the order of a question to a person.
    static let usual = ["DD/MM/YYYY", "MM/DD/YYYY", "D.M.YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "YYYY/MM/DD", "D MMM YYYY"]
        .compactMap(DateFormat.init)

    private init(text: String, parts: [Part]) {
        self.text = text
        self.parts = parts
    }

    /// Nil unless day, month and year are each named once.
    public init?(_ text: String) {
        guard text.count <= 32 else { return nil }
        var parts: [Part] = []
        var rest = Substring(text.trimmed)
        while let next = rest.first {
            let run = rest.prefix { $0 == next }
            switch (next.lowercased(), run.count) {
            case ("y", 4): parts.append(.year)
            case ("m", 1), ("m", 2): parts.append(.month)
            case ("m", 3), ("m", 4): parts.append(.monthName)
            case ("d", 1), ("d", 2): parts.append(.day)
            default:
                // The report names the format.
                guard !next.isLetter, !next.isNumber, !next.unicodeScalars.contains(where: \.disturbsLines) else {
                    return nil
                }
                parts += run.map(Part.literal)
            }
            rest = rest.dropFirst(run.count)
        }
        let months = parts.filter { $0 == .month || $0 == .monthName }.count
        guard months == 1, parts.filter({ $0 == .day }).count == 1, parts.filter({ $0 == .year }).count == 1 else {
            return nil
        }
        self.text = text.trimmed
        self.parts = parts
    }

    /// True when the text is written in this format, whether or not there is such a date.
    func matches(_ text: String) -> Bool { fields(of: text) != nil }

    /// Nil when the text is written otherwise or names a day that does not exist.
    public func date(_ text: String) -> LocalDate? {
        fields(of: text).flatMap { LocalDate(year: $0.year, month: $0.month, day: $0.day) }
    }

    private func fields(of text: String) -> (year: Int, month: Int, day: Int)? {
        var scanner = DateScanner(text)
        var (year, month, day) = (0, 0, 0)
        for (index, part) in parts.enumerated() {
            // Without a separator only a fixed width tells where a number ends.
            let isOpen = index + 1 == parts.count || parts[index + 1].isSeparator
            switch part {
            case .year:
                guard let number = scanner.number(digits: 4...4) else { return nil }
                year = number
            case .month:
                guard let number = scanner.number(digits: isOpen ? 1...2 : 2...2) else { return nil }
                month = number
            case .day:
                guard let number = scanner.number(digits: isOpen ? 1...2 : 2...2) else { return nil }
                day = number
            case .monthName:
                guard let number = scanner.monthName() else { return nil }
                month = number
            case .literal(let character):
                guard scanner.pass(character) else { return nil }
            }
        }
        // ISO 8601 knows no date of fewer digits.
        guard scanner.isAtEnd, self != .iso || text.utf8.count == 10 else { return nil }
        return (year, month, day)
    }
}

extension DateFormat.Part {
    fileprivate var isSeparator: Bool {
        switch self {
        case .literal, .monthName: true
        case .year, .month, .day: false
        }
    }
}
