/// CSV as RFC 4180 has it, read letter by letter in the plainest way, to compare with.
struct PlainCSV {
    struct Row {
        /// On which it begins, from 1.
        let line: Int
        let cells: [[UInt8]]
        /// Where the cells stand in the bytes, quotes included.
        let places: [Range<Int>]
    }

    private(set) var rows: [Row] = []

    /// Nil when a quote is never closed, or stands where none can be. `bytes` must be UTF-8.
    init?(_ bytes: [UInt8]) {
        let first = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var place = Place.start
        var (line, began, start) = (1, 1, first)
        var cells: [[UInt8]] = []
        var places: [Range<Int>] = []
        var cell: [UInt8] = []
        func endCell(_ end: Int) {
            cells.append(cell)
            places.append(start..<end)
            cell = []
            start = end + 1
            place = .start
        }
        func endRow() {
            rows.append(Row(line: began, cells: cells, places: places))
            (cells, places) = ([], [])
            began = line
        }
        var isSecondHalf = false
        for (index, byte) in bytes.enumerated().dropFirst(first) {
            let isBreak = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            let isHalf = byte == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if isBreak, !isHalf { line += 1 }
            switch (place, byte) {
            case (.start, UInt8(ascii: "\"")): place = .quoted
            case (.closed, UInt8(ascii: "\"")):
                cell.append(byte)
                place = .quoted
            case (.quoted, UInt8(ascii: "\"")): place = .closed
            case (.quoted, _): cell.append(byte)
            case (_, UInt8(ascii: ",")): endCell(index)
            case (_, _) where isBreak:
                // The second half of CRLF ends the row, the first its last cell.
                if !isSecondHalf { endCell(index) }
                isSecondHalf = isHalf
                if isHalf { continue }
                start = index + 1
                endRow()
            case (.closed, _), (.plain, UInt8(ascii: "\"")): return nil
            default:
                cell.append(byte)
                place = .plain
            }
        }
        if place == .quoted { return nil }
        if place != .start || !cells.isEmpty {
            endCell(bytes.count)
            endRow()
        }
    }

    private enum Place { case start, plain, quoted, closed }
}
