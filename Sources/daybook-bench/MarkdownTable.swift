import Foundation

/// Rows of a table, the first column's words to the left and all others to the right.
struct MarkdownTable {
    private var lines: [String]

    init(_ head: [String]) {
        let rule = head.indices.map { $0 == 0 ? "---" : "--:" }
        lines = [Self.line(head), Self.line(rule)]
    }

    mutating func add(_ cells: [String]) { lines.append(Self.line(cells)) }

    var text: String { lines.joined(separator: "\n") }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    /// Three digits or more, no exponent; nothing for what was not measured.
    static func text(_ value: Double?, _ unit: String = "") -> String {
        guard let value else { return "" }
        let digits =
            switch abs(value) {
            case 100...: 0
            case 10...: 1
            case 1...: 2
            default: 3
            }
        return String(format: "%.\(digits)f", value) + (unit.isEmpty ? "" : " \(unit)")
    }
}
