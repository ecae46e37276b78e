/// Takes the text of a date apart from the left.
struct DateScanner {
    private var rest: Substring

    init(_ text: String) { rest = Substring(text) }

    var isAtEnd: Bool { rest.isEmpty }

    /// As many ASCII digits as there are, nil if their count is not among `digits`.
    mutating func number(digits: ClosedRange<Int>) -> Int? {
        let run = rest.prefix(digits.upperBound).prefix { $0.isASCII && $0.isNumber }
        guard digits.contains(run.count), let number = Int(run) else { return nil }
        rest = rest.dropFirst(run.count)
        return number
    }

    mutating func pass(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// An English month name or its first three letters, in any case, with or without a full stop.
    mutating func monthName() -> Int? {
        let word = rest.prefix { $0.isASCII && $0.isLetter }
        guard word.count >= 3,
            let index = Self.months.firstIndex(where: { $0 == word.lowercased() || $0.prefix(3) == word.lowercased() })
        else { return nil }
        rest = rest.dropFirst(word.count)
        if rest.first == "." { rest = rest.dropFirst() }
        return index + 1
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
