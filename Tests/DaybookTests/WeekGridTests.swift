import Testing
import Timetable

@testable import daybook

struct WeekGridTests {
    private func day(_ text: String) -> LocalDate { LocalDate(iso: text) ?? .min }

    private func entry(_ date: String, _ start: Int, _ end: Int, _ lines: String...) -> WeekGrid.Entry {
        WeekGrid.Entry(day: day(date), startMinute: start, endMinute: end, lines: lines)
    }

    @Test func `a week looks like a calendar`() {
        let grid = WeekGrid(
            monday: day("2026-11-30"),
            entries: [
                entry("2026-11-30", 540, 590, "09:00 Ada Lovelace", "Individual 50", "Room A"),
                entry("2026-12-01", 600, 680, "10:00✓ C-000041", "Individual 80", "Room B"),
                entry("2026-12-01", 690, 705, "11:30 Zoë Li"),
            ])
        let lines = grid.lines(width: 80) ?? []
        #expect(
            lines.prefix(9) == [
                "     │Mon 30 Nov    │Tue 1 Dec     │Wed 2 Dec     │Thu 3 Dec     │Fri 4 Dec",
                "─────" + String(repeating: "┼──────────────", count: 5),
                "09:00│▌09:00 Ada L… │              │              │              │",
                "  :30│▌Individual … │              │              │              │",
                "10:00│              │▌10:00✓ C-00… │              │              │",
                "  :30│              │▌Individual … │              │              │",
                "11:00│              │▌Room B       │              │              │",
                "  :30│              │▌11:30 Zoë Li │              │              │",
                "12:00│              │              │              │              │",
            ])
        #expect(lines.last == "  :30│              │              │              │              │")
        #expect(lines.count == 2 + 16)
    }

    @Test func `what overlaps stands side by side`() {
        let grid = WeekGrid(
            monday: day("2026-11-30"),
            entries: [
                entry("2026-11-30", 540, 600, "09:00 Ada"), entry("2026-11-30", 570, 630, "09:30 Bob"),
                entry("2026-11-30", 600, 630, "10:00 Cyd"),
            ])
        let lines = grid.lines(width: 130) ?? []
        #expect(lines[2].prefix(30).dropFirst(6).trimmedEnd.hasPrefix("▌09:00 Ada"))
        #expect(lines[3].contains("▌09:30 Bob"))
        #expect(lines[4].contains("▌10:00 Cyd") && lines[4].contains("▌         "))
    }

    @Test func `a weekend shows when something is on`() {
        let quiet = WeekGrid(monday: day("2026-11-30"), entries: [])
        #expect(quiet.days.count == 5)
        let busy = WeekGrid(monday: day("2026-11-30"), entries: [entry("2026-12-05", 600, 660, "x")])
        #expect(busy.days.map(\.weekdayShort).last == "Sat")
    }

    @Test func `early and late hours widen the day, to its end at most`() {
        let grid = WeekGrid(monday: day("2026-11-30"), entries: [entry("2026-11-30", 15, 1_440, "x")])
        #expect(grid.lines(width: 100)?.count == 2 + 48)
    }

    @Test func `a terminal too narrow gets no calendar`() {
        #expect(WeekGrid(monday: day("2026-11-30"), entries: []).lines(width: 60) == nil)
        #expect(WeekGrid(monday: day("2026-11-30"), entries: []).lines(width: 0) == nil)
    }
}
