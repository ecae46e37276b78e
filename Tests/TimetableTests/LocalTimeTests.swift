import Testing
import Timetable

@Suite struct LocalTimeTests {
    @Test func `every minute of the day is read as it is written`() throws {
        for minutes in 0..<1_440 {
            let time = try #require(LocalTime(minutes: minutes))
            #expect(LocalTime(iso: time.description) == time)
        }
    }

    @Test(arguments: [
        "9:00", "24:00", "24:01", "23:60", "09:0", "0900", "09-00", "09:00:00", "ab:cd", "-1:00", "", "🕘", "09:00\u{0}",
        "09:0\u{0}", "٠٩:٠٠",
    ])
    func `anything but a time of the day is refused`(text: String) {
        #expect(LocalTime(iso: text) == nil)
    }

    @Test func `midnight at the end of the day is read only where an end is meant`() {
        #expect(LocalTime(endIso: "24:00") == .endOfDay)
        #expect(LocalTime(endIso: "24:01") == nil)
        #expect(LocalTime(endIso: "00:00") == .midnight)
        #expect(LocalTime.endOfDay.description == "24:00")
        #expect(LocalTime(minutes: 1_441) == nil)
        #expect(LocalTime(minutes: -1) == nil)
    }

    @Test(arguments: [
        "2026-03-08T02:30:00", "2026-03-08 02:30", "2026-03-08t02:30", "2026-03-08T24:00", "2026-03-08T2:30",
        "2026-02-29T10:00", "2026-03-08T02:30Z", "2026-03-08T02:3\u{0}", "", "2026-03-08", "😀😀😀😀",
        String(repeating: "2026-03-08T02:30", count: 10_000),
    ])
    func `anything but date T time is refused`(text: String) {
        #expect(LocalDateTime(iso: text) == nil)
    }

    @Test func `wall clock readings are read as they are written and know their parts`() throws {
        let reading = try local("2026-03-08T02:30")
        #expect(reading.description == "2026-03-08T02:30")
        #expect(reading.date.description == "2026-03-08")
        #expect(reading.time.minutes == 150)
        let before = try local("1969-12-31T23:59")
        #expect(before.wallMinutes == -1)
        #expect(before.minuteOfDay == 1_439)
        #expect(before.description == "1969-12-31T23:59")
    }

    @Test func `the end of a day is the start of the next, but the last day has none`() throws {
        #expect(LocalDateTime(try date("2026-12-31"), .endOfDay)?.description == "2027-01-01T00:00")
        #expect(LocalDateTime(.max, .endOfDay) == nil)
        #expect(try local("9999-12-31T23:59").adding(wallMinutes: 1) == nil)
        #expect(try local("0001-01-01T00:00").adding(wallMinutes: -1) == nil)
        #expect(try local("2026-01-01T00:00").adding(wallMinutes: .max) == nil)
        #expect(LocalDateTime(wallMinutes: .min) == nil)
    }
}
