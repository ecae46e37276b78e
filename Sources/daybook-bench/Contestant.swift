import ArgumentParser

/// Who can be measured.
enum Contestant: String, CaseIterable {
    case daybook
    case postgres
    case sqlite
    case raw

    var title: String {
        switch self {
        case .daybook: "Daybook"
        case .postgres: "PostgreSQL"
        case .sqlite: "SQLite"
        case .raw: "liblmdb"
        }
    }

    /// Reads `daybook,postgres`.
    static func list(_ text: String) throws -> Set<Contestant> {
        var chosen: Set<Contestant> = []
        for name in text.split(separator: ",") {
            guard let one = Contestant(rawValue: String(name)) else {
                let all = allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(name) is none of \(all).")
            }
            chosen.insert(one)
        }
        guard !chosen.isEmpty else { throw ValidationError("Nobody is named.") }
        return chosen
    }
}
