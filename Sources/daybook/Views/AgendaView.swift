import Schema
import Timetable

/// Appointments as a list, day by day.
enum AgendaView {
    static func lines(_ rows: [AppointmentRow], width: Int?, isColoured: Bool) -> [String] {
        guard !rows.isEmpty else { return ["Nothing is on."] }
        let sorted = rows.sorted { ($0.startAt, $0.id) < ($1.startAt, $1.id) }
        let table = Table(columns, sorted.map(cells)).lines(width: width, isColoured: isColoured)
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

    private static func cells(_ row: AppointmentRow) -> [String] {
        let place = [row.locationName, row.roomName].filter { !$0.isEmpty }.joined(separator: ", ")
        let label = row.clientLabel
        return [
            "\(row.start.dropFirst(11))–\(row.end.dropFirst(11))", label == row.clientNumber ? "" : label,
            row.clientNumber, row.serviceName, row.staffName, place.isEmpty ? row.modality.word : place,
            row.status.word + (row.late ? ", late" : ""), "\(row.id)",
        ]
    }

    /// Appointments as entries of a week, for somebody who knows whose week it is.
    static func entries(_ rows: [AppointmentRow], of subject: Subject) -> [WeekGrid.Entry] {
        rows.compactMap { row in
            guard let start = LocalDateTime(iso: row.start), let end = LocalDateTime(iso: row.end) else { return nil }
            let sign = row.status.sign
            let label = subject == .client ? row.staffName : row.clientLabel
            let place = row.roomName.isEmpty ? row.modality.word : row.roomName
            let third = subject == .room ? row.staffName : place
            return WeekGrid.Entry(
                day: start.date, startMinute: start.minuteOfDay,
                // One that ends after midnight fills its own day.
                endMinute: end.date > start.date ? 1_440 : end.minuteOfDay,
                lines: ["\(start.time)\(sign) \(label)", row.serviceName, third])
        }
    }

    /// Whose week is shown.
    enum Subject {
        case staff, room, client
    }
}
