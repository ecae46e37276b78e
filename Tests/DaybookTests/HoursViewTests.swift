import Schema
import Testing

@testable import daybook

struct HoursViewTests {
    private func week(_ blocks: [(day: UInt32, from: String, to: String)]) -> WeekRow {
        var week = WeekRow()
        week.effectiveFrom = "2026-01-01"
        week.zone = "America/New_York"
        week.blocks = blocks.map { day, from, to in
            var block = HoursBlock()
            block.weekday = day
            block.from = from
            block.to = to
            return block
        }
        return week
    }

    @Test func `days that are alike and follow one another are one line`() {
        let week = week([
            (2, "09:00", "12:00"), (1, "13:00", "17:00"), (1, "09:00", "12:00"), (2, "13:00", "17:00"),
            (3, "09:00", "12:00"), (5, "09:00", "12:00"),
        ])
        #expect(
            HoursView.lines(week) == [
                "Mon–Tue 09:00–12:00, 13:00–17:00", "Wed 09:00–12:00", "Fri 09:00–12:00",
            ])
        #expect(HoursView.lines(self.week([])) == ["none any more"])
    }

    @Test func `who, where and from when are said once, and a zone only where it is another`() {
        var row = HoursRow()
        row.staffName = "Farid Lim"
        row.weeks = [week([(1, "09:00", "17:00"), (3, "09:00", "12:00")])]
        var opening = OpeningRow()
        opening.start = "2026-12-05T09:00"
        opening.end = "2026-12-05T12:00"
        opening.zone = "Europe/Berlin"
        row.openings = [opening]
        #expect(
            HoursView.table([row], zone: "America/New_York").lines() == [
                "Who        Where   From        Hours                  Zone",
                "Farid Lim  online  2026-01-01  Mon 09:00–17:00",
                "                               Wed 09:00–12:00",
                "Farid Lim  online  2026-12-05  Sat 09:00–12:00, once  Europe/Berlin",
            ])
    }

    @Test func `a time in another zone than the practice's is marked with it`() {
        var row = AppointmentRow()
        row.id = 7
        row.clientNumber = "C-000041"
        row.serviceName = "Individual 50"
        row.start = "2026-12-01T09:00"
        row.end = "2026-12-01T09:50"
        row.zone = "Europe/Berlin"
        row.status = .booked
        func time(_ zone: String) -> Bool {
            AgendaView.lines([row], zone: zone, width: nil, isColoured: false)
                .contains { $0.hasPrefix("09:00–09:50 Europe/Berlin") }
        }
        #expect(time("America/New_York") && !time("Europe/Berlin"))
        let entries = AgendaView.entries([row], of: .staff, zone: "America/New_York")
        #expect(entries.first?.lines.prefix(2) == ["09:00 Europe/Berlin", "C-000041"])
        #expect(AgendaView.entries([row], of: .staff, zone: "Europe/Berlin").first?.lines.first == "09:00 C-000041")
    }
}
