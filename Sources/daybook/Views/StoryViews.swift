import Schema

/// What happened, as tables: a client's story and the audit trail.
enum StoryViews {
    static func history(_ rows: [HistoryRow], _ practice: Practice) -> Table {
        Table(
            [.fixed("When"), Table.Column("What"), Table.Column("By"), Table.Column("Facts"), .number("Position")],
            rows.map { row in
                let facts = row.facts.map { "\($0.name.spaced) \($0.value)" }
                let texts = row.texts.filter { !$0.text.shown.isEmpty }.map { "\($0.name.spaced): \($0.text.shown)" }
                return [
                    practice.wallClock(row.effectiveAt), row.event.spaced.trimmedStart, row.actorName,
                    (facts + texts).joined(separator: "; "), "\(row.position)",
                ]
            })
    }

    static func audit(_ rows: [AuditRow], _ practice: Practice) -> Table {
        Table(
            [
                .fixed("When"), Table.Column("Who"), .fixed("Role"), .fixed("Door"), .fixed("Did"),
                Table.Column("What"), Table.Column("About"), .number("Position"),
            ],
            rows.map { row in
                [
                    practice.wallClock(row.recordedAt), row.actorName.isEmpty ? row.actorKind : row.actorName,
                    row.role == .unspecified ? "" : row.role.word, door(row), action(row), what(row),
                    row.subjects.map(String.init).joined(separator: ", "), "\(row.position)",
                ]
            })
    }

    private static func door(_ row: AuditRow) -> String {
        if row.hasToken { return "\(row.door) token \(row.token)" }
        return row.hasUid ? "\(row.door) uid \(row.uid)" : row.door
    }

    private static func action(_ row: AuditRow) -> String {
        row.count > 1 ? "\(row.action) ×\(row.count)" : row.action
    }

    private static func what(_ row: AuditRow) -> String {
        var words = [row.query.isEmpty ? row.event.spaced.trimmedStart : row.query]
        if row.category != .unspecified { words.append("\(row.category)") }
        if row.hasStatus { words.append("\(row.status) \(row.permission)") }
        return words.joined(separator: " ") + row.facts.map { "; \($0.name.spaced) \($0.value)" }.joined()
    }
}

extension String {
    var trimmedStart: String { String(drop { $0 == " " }) }
}
