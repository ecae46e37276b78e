/// CSV as RFC 4180 has it, read letter by letter in the plainest way, to compare with.
struct PlainCSV: Equatable {
    struct Row: Equatable {
        /// On which it begins, from 1.
        let line: Int
        let cells: [[UInt8]]
    }

    private(set) var rows: [Row] = []

    /// Nil when a quote is never closed, or stands where none can be. `bytes` must be UTF-8.
    init?(_ bytes: [UInt8]) {
        let text = Self.withoutMark(bytes)
        var place = Place.start
        var line = 1
        var began = 1
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        func endOfRow() {
            rows.append(Row(line: began, cells: cells + [cell]))
            cells = []
            cell = []
        }
        for (index, byte) in text.enumerated() {
            let isBreak = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            let isHalf = byte == UInt8(ascii: "\r") && index + 1 < text.count && text[index + 1] == UInt8(ascii: "\n")
            if isBreak, !isHalf { line += 1 }
            switch (place, byte) {
            case (.start, UInt8(ascii: "\"")): place = .quoted
            case (.closed, UInt8(ascii: "\"")):
                cell.append(byte)
                place = .quoted
            case (.quoted, UInt8(ascii: "\"")): place = .closed
            case (.quoted, _): cell.append(byte)
            case (_, UInt8(ascii: ",")):
                cells.append(cell)
                cell = []
                place = .start
            case (_, _) where isBreak:
                // The second half of CRLF ends the row.
                if isHalf { continue }
                endOfRow()
                began = line
                place = .start
            case (.closed, _), (.plain, UInt8(ascii: "\"")): return nil
            default:
                cell.append(byte)
                place = .plain
            }
        }
        if place == .quoted { return nil }
        if place != .start || !cells.isEmpty { endOfRow() }
    }

    private enum Place { case start, plain, quoted, closed }

    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
    }
}
