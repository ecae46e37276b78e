import Testing
import Timetable

@Suite struct ZoneTests {
    @Test(arguments: [
        "America/New_York", "Europe/Kyiv", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Calcutta", "UTC", "Etc/UTC",
    ])
    func `ids of the database are zones`(id: String) {
        #expect(Zone(id)?.id == id)
    }

    @Test(arguments: [
        "EST", "PST", "CET+1", "GMT+2", "gmt-5", "+02:00", "Foo/Bar", "america/new_york", "America/New_york", "",
        "America/../New_York", "../../etc/passwd", "/etc/localtime", "America/New_York\u{0}", "🌍/🌍", "/", "America/",
        "GMT/2", "UTC/GMT", "GMT+2/",
        String(repeating: "A/", count: 100_000),
    ])
    func `abbreviations, offsets and inventions are not`(id: String) {
        #expect(Zone(id) == nil)
    }

    @Test func `the database names its version and lists its zones`() throws {
        #expect(Zone.dataVersion.hasPrefix("20"))
        let zones = Zone.listedIds.compactMap { Zone($0) }
        #expect(zones.count == Zone.listedIds.count)
        #expect(zones.count > 400)
        #expect(try zone("UTC") == zone("UTC"))
        #expect(try zone("UTC") != zone("Europe/London"))
    }

    // Zone, wall clock, reading, the instant planned: the table of weekly series over clock changes.
    static let instances: [(String, String, ClockReading, String)] = [
        ("America/New_York", "2026-03-02T10:00", .none, "2026-03-02T15:00"),
        ("America/New_York", "2026-03-09T10:00", .none, "2026-03-09T14:00"),
        ("America/New_York", "2026-03-16T10:00", .none, "2026-03-16T14:00"),
        ("America/New_York", "2026-03-01T02:30", .none, "2026-03-01T07:30"),
        ("America/New_York", "2026-03-08T02:30", .gapShifted, "2026-03-08T07:30"),
        ("America/New_York", "2026-03-15T02:30", .none, "2026-03-15T06:30"),
        ("America/New_York", "2026-10-25T01:30", .none, "2026-10-25T05:30"),
        ("America/New_York", "2026-11-01T01:30", .overlapFirst, "2026-11-01T05:30"),
        ("America/New_York", "2026-11-08T01:30", .none, "2026-11-08T06:30"),
        ("Europe/London", "2026-03-22T01:30", .none, "2026-03-22T01:30"),
        ("Europe/London", "2026-03-29T01:30", .gapShifted, "2026-03-29T01:30"),
        ("Europe/London", "2026-10-19T09:00", .none, "2026-10-19T08:00"),
        ("Europe/London", "2026-10-26T09:00", .none, "2026-10-26T09:00"),
        ("Australia/Lord_Howe", "2026-09-27T02:15", .none, "2026-09-26T15:45"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", .gapShifted, "2026-10-03T15:45"),
        ("America/Santiago", "2026-08-30T00:30", .none, "2026-08-30T04:30"),
        ("America/Santiago", "2026-09-06T00:30", .gapShifted, "2026-09-06T04:30"),
        ("America/Santiago", "2026-09-13T00:30", .none, "2026-09-13T03:30"),
        ("America/New_York", "9999-07-04T12:00", .none, "9999-07-04T16:00"),
        ("America/New_York", "9999-12-31T12:00", .none, "9999-12-31T17:00"),
        ("Asia/Kolkata", "0001-01-01T06:00", .none, "0001-01-01T00:06"),
    ]

    @Test(arguments: instances)
    func `a planned reading has the instant the rules give it`(row: (String, String, ClockReading, String)) throws {
        let resolution = try zone(row.0).resolve(try local(row.1))
        #expect(resolution.reading == row.2)
        // Before 1880 zones kept local mean time, 05:53:28 for Kolkata; the minute is what is compared.
        #expect(floorMinute(resolution.plannedMs) == (try utc(row.3)))
    }

    private func floorMinute(_ instantMs: Int64) -> Int64 { instantMs - ((instantMs % 60_000) + 60_000) % 60_000 }

    // Zone, reading in the gap, last minute before, first minute after, where the planned instant shows.
    static let gaps: [(String, String, String, String, String)] = [
        ("America/New_York", "2026-03-08T02:00", "2026-03-08T01:59", "2026-03-08T03:00", "2026-03-08T03:00"),
        ("America/New_York", "2026-03-08T02:59", "2026-03-08T01:59", "2026-03-08T03:00", "2026-03-08T03:59"),
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T00:59", "2026-03-29T02:00", "2026-03-29T02:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T01:59", "2026-10-04T02:30", "2026-10-04T02:45"),
        ("America/Santiago", "2026-09-06T00:30", "2026-09-05T23:59", "2026-09-06T01:00", "2026-09-06T01:30"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-29T23:59", "2011-12-31T00:00", "2011-12-31T12:00"),
        ("America/New_York", "9999-03-14T02:30", "9999-03-14T01:59", "9999-03-14T03:00", "9999-03-14T03:30"),
    ]

    @Test(arguments: gaps)
    func `a reading that never occurs names its neighbours`(row: (String, String, String, String, String)) throws {
        let zone = try zone(row.0)
        guard case .gap(let before, let after, let shiftedMs) = zone.resolve(try local(row.1)) else {
            Issue.record("\(row.1) exists in \(row.0)")
            return
        }
        #expect(before.description == row.2)
        #expect(after.description == row.3)
        #expect(zone.local(ofMs: shiftedMs)?.description == row.4)
    }

    @Test(arguments: [
        ("America/New_York", "2026-11-01T01:00", 60), ("America/New_York", "2026-11-01T01:59", 60),
        ("Europe/London", "2026-10-25T01:30", 60), ("Australia/Lord_Howe", "2026-04-05T01:30", 30),
        ("America/Santiago", "2026-04-04T23:30", 60), ("America/New_York", "9999-11-07T01:30", 60),
    ])
    func `a reading that occurs twice has both instants, the earlier first`(row: (String, String, Int64)) throws {
        let zone = try zone(row.0)
        guard case .overlap(let firstMs, let secondMs) = zone.resolve(try local(row.1)) else {
            Issue.record("\(row.1) occurs once in \(row.0)")
            return
        }
        #expect(secondMs - firstMs == row.2 * 60_000)
        #expect(zone.local(ofMs: firstMs)?.description == row.1)
        #expect(zone.local(ofMs: secondMs)?.description == row.1)
    }

    @Test func `the edges of a change belong to the later side`() throws {
        let zone = try zone("America/New_York")
        #expect(zone.resolve(try local("2026-03-08T01:59")).reading == .none)
        #expect(zone.resolve(try local("2026-03-08T03:00")).reading == .none)
        #expect(zone.resolve(try local("2026-11-01T00:59")).reading == .none)
        #expect(zone.resolve(try local("2026-11-01T02:00")).reading == .none)
        #expect(zone.offsetSeconds(atMs: try utc("2026-03-08T07:00") - 1) == -18_000)
        #expect(zone.offsetSeconds(atMs: try utc("2026-03-08T07:00")) == -14_400)
    }

    @Test func `a day starts where its first instant is`() throws {
        #expect(try zone("America/Santiago").startOfDayMs(date("2026-09-06")) == utc("2026-09-06T04:00"))
        #expect(try zone("Europe/London").startOfDayMs(date("2026-06-01")) == utc("2026-05-31T23:00"))
        #expect(try zone("Pacific/Apia").startOfDayMs(date("2011-12-30")) == utc("2011-12-30T10:00"))
        let changeDay = try zone("America/New_York").span(from: date("2026-03-08"), to: date("2026-03-09"))
        #expect(changeDay?.durationMs == 82_800_000)
        #expect(try zone("UTC").span(from: date("2026-03-08"), to: date("2026-03-08")) == nil)
    }

    @Test func `the ends of the calendar and of Int64 are harmless`() throws {
        for id in ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"] {
            let zone = try zone(id)
            for text in ["0001-01-01T00:00", "9999-12-31T23:59"] {
                let instantMs = zone.resolve(try local(text)).plannedMs
                #expect(zone.local(ofMs: instantMs)?.description == text)
            }
            #expect(zone.local(ofMs: .min) == nil)
            #expect(zone.local(ofMs: .max) == nil)
            #expect(abs(zone.offsetSeconds(atMs: .max)) <= 14 * 3_600)
            #expect(abs(zone.offsetSeconds(atMs: .min)) <= 86_400)
            #expect(zone.startOfDayMs(.max) > zone.startOfDayMs(.min))
        }
    }
}
