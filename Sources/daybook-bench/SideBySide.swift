/// The same work by everybody who did it, beside each other.
enum SideBySide {
    private static let databases: [Contestant] = [.daybook, .postgres, .sqlite]

    static func bookings(_ figures: Figures, _ scale: Scale) -> String {
        var table = MarkdownTable(
            ["durable bookings"] + databases.map(\.title) + ["Daybook / PostgreSQL", "Daybook / SQLite"])
        for (connections, _) in scale.bookings {
            for (name, unit) in [
                (FigureName.rate, "/s"), (FigureName.p50, "ms"), (FigureName.p99, "ms"), (FigureName.p999, "ms"),
            ] {
                let found = databases.map { figures.find(FigureName.bookings($0, connections), name) }
                table.add(
                    ["\(connections) connection\(connections == 1 ? "" : "s"), \(name)"] + cells(found, unit))
            }
        }
        return table.text
    }

    static func weeks(_ figures: Figures) -> String {
        var table = MarkdownTable(
            ["one client asks"] + databases.map(\.title) + ["Daybook / PostgreSQL", "Daybook / SQLite"])
        for diary in DiaryKind.allCases {
            for form in AnswerForm.allCases {
                for name in [FigureName.p50, FigureName.p99] {
                    let found = databases.map {
                        figures.find(FigureName.week($0, diary, $0 == .daybook ? form : nil), name)
                    }
                    table.add(["\(diary.title), \(form.rawValue), \(name)"] + cells(found, "ms"))
                }
            }
        }
        return table.text
    }

    /// Each one's median, then the ratios of the first to each other.
    private static func cells(_ found: [Figures.Figure?], _ unit: String) -> [String] {
        let medians = found.map { MarkdownTable.text($0?.median, unit) }
        let ratios = found.dropFirst().map { other in
            guard let own = found.first ?? nil, let other else { return "" }
            return MarkdownTable.text(own.ratio(to: other), "×")
        }
        return medians + ratios
    }
}
