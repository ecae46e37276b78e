import DaybookClient
import Schema

/// A job's result of any shape: its values as lines, its lists of things as tables, what is inside further in.
enum ReportView {
    /// - Parameter hidden: Members that say again what others say.
    static func lines(_ value: JSONValue, width: Int?, isColoured: Bool = false, hidden: Set<String> = []) -> [String] {
        if let rows = tableRows(value) { return table(rows).lines(width: width, isColoured: isColoured) }
        guard let members = value.members?.filter({ !hidden.contains($0.name) }) else { return [text(value)] }
        var lines = Pairs.lines(
            members.filter { section($0.value, nil) == nil }.map { (title($0.name), text($0.value)) })
        for member in members {
            guard let inner = section(member.value, width.map { $0 - 2 }) else { continue }
            let count = member.value.elements.map { ": \($0.count)" } ?? ""
            lines += ["", Style.bold.applied(to: title(member.name) + count, when: isColoured)]
            lines += inner.map { "  " + $0 }
        }
        return lines.first == "" ? Array(lines.dropFirst()) : lines
    }

    /// What takes more than a line; nil for what does not.
    private static func section(_ value: JSONValue, _ width: Int?) -> [String]? {
        if let members = value.members, money(members) == nil {
            return members.isEmpty ? nil : lines(value, width: width)
        }
        if let rows = tableRows(value) { return table(rows).lines(width: width) }
        guard let elements = value.elements, !elements.isEmpty else { return nil }
        let lists = elements.compactMap(\.elements)
        guard lists.count == elements.count else { return nil }
        let count = lists.reduce(0) { max($0, $1.count) }
        let cells = lists.map { list in (0..<count).map { $0 < list.count ? text(list[$0]) : "" } }
        // Pairs need no headings.
        let columns = (0..<count).map { _ in Table.Column("") }
        return Array(Table(columns, cells).lines(width: width).dropFirst())
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
        case .object(let members):
            money(members) ?? members.map { "\(title($0.name)) \(text($0.value))" }.joined(separator: "; ")
        }
    }

    /// An amount as the API writes it, as people do; nil for what is none.
    private static func money(_ members: [JSONMember]) -> String? {
        guard members.count == 2, let minor = members.first(where: { $0.name == "minor" })?.value,
            case .number(.integer(let isNegative, let magnitude)) = minor.content,
            let amount = Int64(exactly: magnitude),
            case .text(let currency)? = members.first(where: { $0.name == "currency" })?.value.content
        else { return nil }
        return MoneyText.text(isNegative ? -amount : amount, currency)
    }

    /// `isEqual` and `is_equal` as “Equal”: the value says whether it is.
    private static func title(_ name: String) -> String {
        let words = name.spaced
        return (words.hasPrefix("is ") ? String(words.dropFirst(3)) : words).capitalizedFirst
    }
}
