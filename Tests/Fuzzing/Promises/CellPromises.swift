import Interchange
import Timetable

/// Cells that were read as numbers: the digits of what was read are those of the cell, so none was passed over or made up.
enum CellPromises {
    static func hold(for reading: ImportReading, in sheet: Sheet) throws {
        let rows = Dictionary(sheet.rows.map { ($0.line, $0) }) { first, _ in first }
        for row in reading.plan.rows {
            guard let written = rows[row.line] else {
                throw BrokenPromise(description: "a row was read from a line without one")
            }
            func cell(_ column: AppointmentColumn) -> String {
                guard let heading = reading.report.mapping.appointments[column.rawValue],
                    let index = sheet.header.firstIndex(of: heading), index < written.cells.count
                else { return "" }
                return written.cells[index]
            }
            try holdDate(row, cell(.date))
            try holdStart(row, cell(.start))
            try promise(digits(cell(.minutes)) == digits("\(row.minutes)"), "another length than \(cell(.minutes))")
            if let price = row.price {
                try promise(digits(cell(.price)) == digits("\(price.minorUnits)"), "another price than \(cell(.price))")
            }
        }
    }

    /// In any order, since that is the format's business; a month may be a word.
    private static func holdDate(_ row: AppointmentRow, _ cell: String) throws {
        let day = row.start.date
        let month = cell.contains(where: \.isLetter) ? "" : "\(day.month)"
        try promise(
            digits(cell).sorted() == digits("\(day.year)\(month)\(day.day)").sorted(), "another day than \(cell)")
    }

    private static func holdStart(_ row: AppointmentRow, _ cell: String) throws {
        let (hour, minute) = (row.start.time.minutes / 60, row.start.time.minutes % 60)
        let written = digits(cell)
        let isHalf = cell.contains(where: \.isLetter)
        let shown = isHalf ? (hour + 11) % 12 + 1 : hour
        try promise(written == digits("\(shown)\(minute)"), "another time than \(cell)")
        try promise(!isHalf || cell.count(where: \.isLetter) == 2, "words beside the time in \(cell)")
    }

    /// Without zeros, which may be left out or added.
    private static func digits(_ text: String) -> [Character] {
        text.filter { $0.isASCII && $0.isNumber && $0 != "0" }.map { $0 }
    }
}
