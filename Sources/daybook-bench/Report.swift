import Foundation

/// The figures as Markdown.
struct Report {
    let scale: Scale
    /// The figures by the events that the log had at the least.
    let stages: [(events: UInt64, figures: Figures)]

    /// On what, when and with which versions all was measured.
    static func heading(
        _ machine: Machine, swift: String, commit: String, runs: Int, versions: [String], _ scale: Scale
    ) -> String {
        let loads = scale.bookings.map { "\($0.count) over \($0.connections)" }.joined(separator: ", ")
        return """
            # Daybook, measured

            - date: \(Date().formatted(.iso8601))
            - commit: \(commit)
            - processor: \(machine.cpu), \(machine.cores) cores; load before the first run \(machine.load)
            - memory: \(machine.memoryMiB) MiB
            - kernel: \(machine.kernel); file system: \(machine.fileSystem)
            - swift: \(swift)
            - \(versions.joined(separator: "; "))
            - \(scale.therapists) therapists, \(scale.clients) clients; bookings of a run: \(loads) connections; \(runs) runs

            """
    }

    /// Goals, then what all did, then every figure.
    var tables: String {
        guard let last = stages.last else { return "" }
        var parts = [
            "## Goals\n\n" + goals(last.figures),
            "## Side by side\n\n" + SideBySide.bookings(last.figures, scale),
            SideBySide.weeks(last.figures),
        ]
        if stages.count > 1 { parts.append("## How it grows\n\n" + Growth.table(stages)) }
        for stage in stages {
            let when = stages.count > 1 ? ", from \(stage.events) events on" : ""
            parts.append("## Every figure\(when)\n\n" + figures(stage.figures))
        }
        return parts.joined(separator: "\n\n")
    }

    private func goals(_ figures: Figures) -> String {
        let smallest = stages.count > 1 ? stages.first?.figures : nil
        var table = MarkdownTable(["goal", "wanted", "measured", "reached"])
        for goal in Goals(figures, smallest: smallest).all {
            let wanted =
                switch goal.bound {
                case .atLeast(let value): "≥ " + MarkdownTable.text(value, goal.unit)
                case .atMost(let value): "≤ " + MarkdownTable.text(value, goal.unit)
                }
            let reached = goal.isReached.map { $0 ? "yes" : "**no**" } ?? "not measured"
            table.add([goal.name, wanted, MarkdownTable.text(goal.measured, goal.unit), reached])
        }
        return table.text
    }

    private func figures(_ figures: Figures) -> String {
        var table = MarkdownTable(["what", "", "median", "least", "greatest"])
        var group = ""
        for figure in figures.all {
            let shown = figure.group == group ? "" : figure.group
            group = figure.group
            let isOne = figure.values.count == 1
            table.add([
                shown, figure.name, MarkdownTable.text(figure.median, figure.unit),
                isOne ? "" : MarkdownTable.text(figure.least), isOne ? "" : MarkdownTable.text(figure.greatest),
            ])
        }
        return table.text
    }

    static let notes = """

        Each run has everybody take turns; a ratio is the median of what the runs gave. All make the same bookings in the same
        order, and the weeks they answer are compared row by row before and after.

        - Daybook: every promise kept, sealing, looks on record, strict JSON; asked over its socket by one thread that holds all
          connections.
        - PostgreSQL: fsync, synchronous_commit and full_page_writes on; three exclusion constraints and an event row of 240
          bytes, in one prepared statement; a thread for each client, over a Unix socket, with binary values. It checks neither
          working hours nor permissions, keeps no idempotency keys and seals nothing.
        - SQLite: WAL, synchronous=FULL, three conflict queries and both rows in an IMMEDIATE transaction; in the process of its
          clients, who queue for one connection. It does no more than that either.
        - liblmdb: records of 240 bytes and nothing else.

        On a busy machine ratios mean little, and figures nothing. A rebuild is timed with its comparison by digest. Of each
        run's five replays the middle one counts; the first, of cold pages and code, is told beside it. A virtual disk may
        acknowledge a write before it is safe.
        """
}
