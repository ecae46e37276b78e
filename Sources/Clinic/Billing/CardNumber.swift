/// INV-PAY-09: the number of a card is never kept.
enum CardNumber {
    /// Whether a text holds 13 to 19 digits that pass Luhn's check, in one piece or in groups.
    static func isIn(_ text: String) -> Bool {
        runs(of: text, isSeparator: isBlankOrDash).contains { isInGroups($0) { _ in true } }
            // Whatever stands between them, groups as they are printed on a card are none of a date or an amount.
            || runs(of: text, isSeparator: isNoLetter).contains { isInGroups($0, isGroup: (4...8).contains) }
    }

    /// The groups of digits between which nothing but separators stands.
    private static func runs(of text: String, isSeparator: (Character) -> Bool) -> [[[Int]]] {
        var runs: [[[Int]]] = []
        var groups: [[Int]] = []
        var group: [Int] = []
        func endGroup() {
            if !group.isEmpty { groups.append(group) }
            group = []
        }
        for character in text {
            if let digit = character.wholeNumberValue, (0...9).contains(digit) {
                group.append(digit)
            } else if isSeparator(character) {
                endGroup()
            } else {
                endGroup()
                runs.append(groups)
                groups = []
            }
        }
        endGroup()
        return runs + [groups]
    }

    /// Any neighbouring groups may be the number, with others beside it. The last may be of any length.
    private static func isInGroups(_ groups: [[Int]], isGroup: (Int) -> Bool) -> Bool {
        for first in groups.indices {
            var digits: [Int] = []
            for group in groups[first...] {
                digits += group
                if digits.count > 19 { break }
                if digits.count >= 13, passesLuhn(digits) { return true }
                if !isGroup(group.count) { break }
            }
        }
        return false
    }

    private static func isNoLetter(_ character: Character) -> Bool { !character.isLetter && !character.isNumber }

    private static func isBlankOrDash(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        switch scalar.properties.generalCategory {
        case .dashPunctuation, .spaceSeparator, .format: return true
        default: return character.isWhitespace || character == "." || character == "_"
        }
    }

    private static func passesLuhn(_ digits: [Int]) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, next in
            let doubled = next.element * (next.offset % 2 == 0 ? 1 : 2)
            return sum + (doubled > 9 ? doubled - 9 : doubled)
        }
        // Nothing but zeros is no card.
        return sum > 0 && sum % 10 == 0
    }
}
