import Foundation
import Testing
import Timetable

@Suite struct ZonePropertyTests {
    @Test func `an instant is among the meanings of its own wall clock reading`() throws {
        var random = SeededGenerator()
        let ids = Zone.listedIds.shuffled(using: &random).prefix(60) + ["Australia/Lord_Howe", "America/Santiago"]
        for id in ids {
            let zone = try zone(id)
            for _ in 0..<1_000 {
                // Half of them in the years a clinic lives in, half anywhere.
                let range: ClosedRange<Int64> =
                    .random(using: &random)
                    ? 946_684_800_000...2_208_988_800_000 : -62_135_000_000_000...253_402_000_000_000
                let minute = wholeMinute(Int64.random(in: range, using: &random), in: zone)
                guard let minute, let reading = zone.local(ofMs: minute) else { continue }
                let found = zone.resolve(reading).instantsMs.contains(minute)
                #expect(found, "\(id) \(minute) reads \(reading), seed \(random.seed)")
            }
        }
    }

    @Test func `offsets agree with Foundation around every change of every zone`() throws {
        for id in Zone.listedIds {
            let zone = try zone(id)
            let reference = try #require(TimeZone(identifier: id))
            var cursor = Date(timeIntervalSince1970: -5_000_000_000)
            var probes: [Double] = [-62_135_596_800, 4_102_444_799, 4_102_444_800, 253_402_300_799]
            while let next = reference.nextDaylightSavingTimeTransition(after: cursor),
                next.timeIntervalSince1970 < 4_200_000_000, next > cursor
            {
                probes += [-1, 0, 1, 3_600].map { next.timeIntervalSince1970 + $0 }
                cursor = next
            }
            for probe in probes {
                let expected = reference.secondsFromGMT(for: Date(timeIntervalSince1970: probe))
                let actual = zone.offsetSeconds(atMs: Int64(probe) * 1_000)
                if actual != expected { Issue.record("\(id) at \(probe): \(actual), not \(expected)") }
            }
        }
    }

    @Test func `every reading of the days around a change is a gap, an overlap or exact as a search of instants says`()
        throws
    {
        for id in ["America/New_York", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia", "Africa/Casablanca"] {
            let zone = try zone(id)
            let reference = try #require(TimeZone(identifier: id))
            let from = id == "Pacific/Apia" ? 1_320_000_000.0 : 1_770_000_000.0
            let change = try #require(
                reference.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: from)))
            let middle = Int64(change.timeIntervalSince1970) / 60
            var meanings: [Int64: [Int64]] = [:]
            for minute in middle - 4_000...middle + 4_000 {
                let offset = reference.secondsFromGMT(for: Date(timeIntervalSince1970: Double(minute * 60)))
                meanings[minute + Int64(offset / 60), default: []].append(minute * 60_000)
            }
            let offset = Int64(reference.secondsFromGMT(for: change) / 60)
            for wall in middle + offset - 2_000...middle + offset + 2_000 {
                let reading = try #require(LocalDateTime(wallMinutes: wall))
                let same = zone.resolve(reading).instantsMs == meanings[wall, default: []]
                #expect(same, "\(id) \(reading)")
            }
        }
    }

    /// The instant cut to a minute of the wall clock; nil when the clock changed within that minute.
    private func wholeMinute(_ instantMs: Int64, in zone: Zone) -> Int64? {
        let offset = zone.offsetSeconds(atMs: instantMs)
        let wallMs = instantMs + Int64(offset) * 1_000
        let cut = instantMs - ((wallMs % 60_000) + 60_000) % 60_000
        return zone.offsetSeconds(atMs: cut) == offset ? cut : nil
    }
}
