/// How figures change from a small log to a large one.
enum Growth {
    private static var rows: [(group: String, name: String)] {
        var rows: [(group: String, name: String)] = []
        for one in [Contestant.daybook, .postgres, .sqlite] {
            for connections in [1, 64] {
                for name in [FigureName.rate, FigureName.p50, FigureName.p99] {
                    rows.append((FigureName.bookings(one, connections), name))
                }
            }
        }
        rows.append((FigureName.bookings(.daybook, 64), FigureName.processor))
        for diary in DiaryKind.allCases {
            for form in AnswerForm.allCases {
                rows.append((FigureName.week(.daybook, diary, form), FigureName.p50))
            }
            for one in [Contestant.postgres, .sqlite] { rows.append((FigureName.week(one, diary), FigureName.p50)) }
        }
        rows.append((FigureName.freeSlots, FigureName.p50))
        for ending in Ending.allCases { rows.append((FigureName.start(ending), FigureName.accepted)) }
        rows.append((FigureName.replay, FigureName.events))
        rows.append((FigureName.rebuild, FigureName.allViews))
        rows.append((FigureName.memory, FigureName.anonymous))
        return rows
    }

    static func table(_ stages: [(events: UInt64, figures: Figures)]) -> String {
        var table = MarkdownTable(["from so many events on"] + stages.map { "\($0.events)" })
        for row in rows {
            let found = stages.map { $0.figures.find(row.group, row.name) }
            guard found.contains(where: { $0 != nil }) else { continue }
            table.add(
                ["\(row.group), \(row.name)"] + found.map { MarkdownTable.text($0?.median, $0?.unit ?? "") })
        }
        return table.text
    }
}
