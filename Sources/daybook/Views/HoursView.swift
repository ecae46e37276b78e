import Schema
import Timetable

/// Who offers which hours where: a line for each run of weekdays with the same hours.
enum HoursView {
    /// - Parameter zone: The practice's; another is shown.
    static func table(_ rows: [HoursRow], zone: String) -> Table {
        var cells: [[String]] = []
        for row in rows {
            let place = row.hasLocation ? row.locationName : "online"
            for week in row.weeks {
                for (index, hours) in lines(week).enumerated() {
                    // What is said once is not said again below.
                    cells.append(
                        index > 0
                            ? ["", "", "", hours, ""]
                            : [row.staffName, place, week.effectiveFrom, hours, week.zone == zone ? "" : week.zone])
                }
            }
            for opening in row.openings {
                cells.append([
                    row.staffName, place, String(opening.start.prefix(10)), line(opening),
                    opening.zone == zone ? "" : opening.zone,
                ])
            }
        }
        return Table(
            [Table.Column("Who"), Table.Column("Where"), .fixed("From"), .fixed("Hours"), .fixed("Zone")], cells)
    }

    /// `Mon–Thu 09:00–12:00, 13:00–17:00`, a line for each run of days that are alike.
    static func lines(_ week: WeekRow) -> [String] {
        var runs: [(first: Int, last: Int, hours: String)] = []
        for day in 1...7 {
            let blocks = week.blocks.filter { Int($0.weekday) == day }.sorted { $0.from < $1.from }
            guard !blocks.isEmpty else { continue }
            let hours = blocks.map { "\($0.from)–\($0.to)" }.joined(separator: ", ")
            if let run = runs.last, run.hours == hours, run.last == day - 1 {
                runs[runs.count - 1].last = day
            } else {
                runs.append((first: day, last: day, hours: hours))
            }
        }
        guard !runs.isEmpty else { return ["none any more"] }
        return runs.map { run in
            let first = LocalDate.weekdayShort(run.first)
            let days = run.first == run.last ? first : "\(first)–\(LocalDate.weekdayShort(run.last))"
            return "\(days) \(run.hours)"
        }
    }

    /// `Sat 09:00–12:00, once`, with the date of the end where it is another.
    private static func line(_ opening: OpeningRow) -> String {
        let day = LocalDate(iso: opening.start.prefix(10))?.weekdayShort ?? ""
        let isOneDay = opening.start.prefix(10) == opening.end.prefix(10)
        let end = isOneDay ? String(opening.end.dropFirst(11)) : opening.end.replacing("T", with: " ")
        return "\(day) \(opening.start.dropFirst(11))–\(end), once"
    }
}
