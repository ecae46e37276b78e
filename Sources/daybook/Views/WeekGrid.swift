import Timetable

/// A week as a calendar shows it: days as columns, half hours as rows.
struct WeekGrid: Sendable {
    /// Something that takes up time of a day.
    struct Entry: Sendable {
        var day: LocalDate
        /// Minutes from midnight on the wall clock.
        var startMinute: Int
        /// Excluded.
        var endMinute: Int
        /// What to write into it, the most telling first.
        var lines: [String]
    }

    static let slotMinutes = 30
    /// Below this a column says nothing.
    static let columnMin = 12
    private static let columnMax = 24
    private static let gutter = 5
    /// Shown even when nothing is on, so that a quiet week looks quiet: 09:00 to 17:00.
    private static let usualHours = 540..<1_020

    /// A Monday.
    var monday: LocalDate
    var entries: [Entry]

    /// Monday to Friday, and of the weekend the days that have something on.
    var days: [LocalDate] {
        (0..<7).compactMap { offset in
            guard let day = monday.adding(days: offset) else { return nil }
            return offset < 5 || entries.contains { $0.day == day } ? day : nil
        }
    }

    /// Nil when the terminal is too narrow for a calendar.
    func lines(width: Int, isColoured: Bool = false) -> [String]? {
        let days = self.days
        let column = min(Self.columnMax, (width - Self.gutter) / max(1, days.count) - 1)
        guard column >= Self.columnMin else { return nil }
        let columns = days.map { day in
            DayColumn(entries: entries.filter { $0.day == day }, width: column)
        }
        let heads = days.map { "│" + "\($0.weekdayShort) \($0.day) \($0.monthShort)".filled(to: column) }
        let space = String(repeating: " ", count: Self.gutter)
        let rule = String(repeating: "─", count: Self.gutter)
        let bars = String(repeating: "┼" + String(repeating: "─", count: column), count: days.count)
        var lines = [Style.bold.applied(to: (space + heads.joined()).trimmedEnd, when: isColoured)]
        lines.append(rule + bars)
        for slot in slots {
            let minute = slot * Self.slotMinutes
            let label = minute % 60 == 0 ? Self.clock(minute) : "  :30"
            lines.append((label + columns.map { "│" + $0.cell(at: slot) }.joined()).trimmedEnd)
        }
        return lines
    }

    private var slots: Range<Int> {
        let first = entries.reduce(Self.usualHours.lowerBound) { min($0, $1.startMinute) }
        let last = entries.reduce(Self.usualHours.upperBound) { max($0, $1.endMinute) }
        return first / Self.slotMinutes..<(last + Self.slotMinutes - 1) / Self.slotMinutes
    }

    private static func clock(_ minute: Int) -> String {
        LocalTime(minutes: minute)?.description ?? "24:00"
    }
}

/// One day of the grid. What overlaps stands side by side.
struct DayColumn: Sendable {
    private struct Placed: Sendable {
        var entry: WeekGrid.Entry
        var slots: Range<Int>
        var lane: Int
    }

    private let placed: [Placed]
    private let lanes: Int
    private let width: Int

    init(entries: [WeekGrid.Entry], width: Int) {
        var placed: [Placed] = []
        /// Where each lane is free again.
        var ends: [Int] = []
        for entry in entries.sorted(by: { ($0.startMinute, $0.endMinute) < ($1.startMinute, $1.endMinute) }) {
            let first = entry.startMinute / WeekGrid.slotMinutes
            let last = max(first + 1, (entry.endMinute + WeekGrid.slotMinutes - 1) / WeekGrid.slotMinutes)
            let lane = ends.firstIndex { $0 <= first } ?? ends.count
            if lane == ends.count { ends.append(last) } else { ends[lane] = last }
            placed.append(Placed(entry: entry, slots: first..<last, lane: lane))
        }
        self.placed = placed
        self.width = width
        lanes = max(1, ends.count)
    }

    func cell(at slot: Int) -> String {
        let present = placed.filter { $0.slots.contains(slot) }
        guard !present.isEmpty else { return String(repeating: " ", count: width) }
        // A lane narrower than this shows only that something is there.
        let lane = max(2, width / lanes)
        var cell = ""
        for index in 0..<lanes {
            let here = present.first { $0.lane == index }
            cell += here.map { Self.text(of: $0, at: slot, width: lane) } ?? String(repeating: " ", count: lane)
        }
        return cell.cut(to: width).filled(to: width)
    }

    private static func text(of placed: Placed, at slot: Int, width: Int) -> String {
        let line = slot - placed.slots.lowerBound
        let text = placed.entry.lines.indices.contains(line) ? placed.entry.lines[line].printable : ""
        return ("▌" + text.cut(to: width - 2)).filled(to: width)
    }
}

extension StringProtocol {
    /// Without the spaces at its end.
    var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
