import DaybookClient
import Schema

/// A job's result of any shape: its values as lines, its lists of things as tables.
enum ReportView {
    static func lines(_ value: JSONValue, width: Int?, isColoured: Bool = false) -> [String] {
        guard let members = value.members else { return [text(value)] }
        let plain = members.filter { tableRows($0.value) == nil }
        var lines = Pairs.lines(plain.map { (title($0.name), text($0.value)) })
        for member in members {
            guard let rows = tableRows(member.value) else { continue }
            let count = rows.count == 1 ? "1" : "\(rows.count)"
            lines += ["", Style.bold.applied(to: "\(title(member.name)): \(count)", when: isColoured)]
            lines += table(rows).lines(width: width.map { $0 - 2 }, isColoured: false).map { "  " + $0 }
        }
        return lines
    }

    /// A list that is not empty and holds objects alone.
    private static func tableRows(_ value: JSONValue) -> [[JSONMember]]? {
        guard let elements = value.elements, !elements.isEmpty else { return nil }
        let rows = elements.compactMap(\.members)
        return rows.count == elements.count ? rows : nil
    }

    private static func table(_ rows: [[JSONMember]]) -> Table {
        var names: [String] = []
        for member in rows.joined() where !names.contains(member.name) { names.append(member.name) }
        let cells = rows.map { row in
            names.map { name in row.first { $0.name == name }.map { text($0.value) } ?? "" }
        }
        return Table(names.map { Table.Column(title($0)) }, cells)
    }

    static func text(_ value: JSONValue) -> String {
        switch value.content {
        case .null: ""
        case .bool(let flag): flag ? "yes" : "no"
        case .number(.integer(let isNegative, let magnitude)): "\(isNegative ? "-" : "")\(magnitude)"
        case .number: "?"
        case .text(let text): text
        case .array(let elements): elements.isEmpty ? "none" : elements.map(text).joined(separator: ", ")
        case .object(let members): members.map { "\(title($0.name)) \(text($0.value))" }.joined(separator: "; ")
        }
    }

    private static func title(_ name: String) -> String { name.spaced.capitalizedFirst }
}
