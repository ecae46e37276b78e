import Schema
import Timetable

/// Appointments as a list, day by day.
enum AgendaView {
    /// - Parameter zone: The practice's; a time in another is marked with its own.
    static func lines(_ rows: [AppointmentRow], zone: String, width: Int?, isColoured: Bool) -> [String] {
        guard !rows.isEmpty else { return ["Nothing is on."] }
        let sorted = rows.sorted { ($0.startAt, $0.id) < ($1.startAt, $1.id) }
        let table = Table(columns, sorted.map { cells($0, zone) }).lines(width: width, isColoured: isColoured)
        var lines = Array(table.prefix(1))
        var day: Substring = ""
        for (row, line) in zip(sorted, table.dropFirst()) {
            if row.start.prefix(10) != day {
                day = row.start.prefix(10)
                let words = LocalDate(iso: day)?.inWords ?? String(day)
                lines.append(Style.bold.applied(to: words, when: isColoured))
            }
            lines.append(line)
        }
        return lines
    }

    private static let columns: [Table.Column] = [
        .fixed("Time"), Table.Column("Client"), .fixed("Number"), Table.Column("Service"), Table.Column("With"),
        Table.Column("Where"), .fixed("Status"), .number("Id"),
    ]

    private static func cells(_ row: AppointmentRow, _ zone: String) -> [String] {
        let place = [row.locationName, row.roomName].filter { !$0.isEmpty }.joined(separator: ", ")
        let label = row.clientLabel
        return [
            "\(row.start.dropFirst(11))–\(row.end.dropFirst(11))\(mark(row, zone))",
            label == row.clientNumber ? "" : label, row.clientNumber, row.serviceName, row.staffName,
            place.isEmpty ? row.modality.word : place, row.status.word + (row.late ? ", late" : ""), "\(row.id)",
        ]
    }

    /// Appointments as entries of a week, for somebody who knows whose week it is.
    static func entries(_ rows: [AppointmentRow], of subject: Subject, zone: String) -> [WeekGrid.Entry] {
        rows.compactMap { row in
            guard let start = LocalDateTime(iso: row.start), let end = LocalDateTime(iso: row.end) else { return nil }
            let sign = row.status.sign
            let label = subject == .client ? row.staffName : row.clientLabel
            let place = row.roomName.isEmpty ? row.modality.word : row.roomName
            let time = "\(start.time)\(sign)"
            let mark = Self.mark(row, zone)
            // A zone takes the line, and whose it is the next.
            let head = mark.isEmpty ? ["\(time) \(label)"] : [time + mark, label]
            let third = subject == .room ? row.staffName : place
            return WeekGrid.Entry(
                day: start.date, startMinute: start.minuteOfDay,
                // One that ends after midnight fills its own day.
                endMinute: end.date > start.date ? 1_440 : end.minuteOfDay,
                lines: head + [row.serviceName, third])
        }
    }

    /// The zone of a row that is not in the practice's.
    private static func mark(_ row: AppointmentRow, _ zone: String) -> String {
        row.zone.isEmpty || row.zone == zone ? "" : " \(row.zone)"
    }

    /// Whose week is shown.
    enum Subject {
        case staff, room, client
    }
}
