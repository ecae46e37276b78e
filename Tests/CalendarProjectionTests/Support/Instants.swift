import Foundation
import Schema
import Testing

/// Milliseconds UTC of a wall clock reading, by Foundation alone; the first where it occurs twice.
func ms(_ local: String, _ zone: String = "America/New_York") throws -> Int64 {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    let numbers = local.split { "-T:".contains($0) }.compactMap { Int($0) }
    let parts = DateComponents(
        year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4])
    return Int64(try #require(calendar.date(from: parts)).timeIntervalSince1970) * 1_000
}

func planned(_ local: String, minutes: Int64, _ zone: String = "America/New_York") throws -> PlannedTime {
    var time = PlannedTime()
    time.startLocal = local
    time.zone = zone
    time.startAt = try ms(local, zone)
    time.endAt = time.startAt + minutes * 60_000
    time.offsetSeconds = Int32(
        TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.startAt / 1_000))) ?? 0)
    time.tzdata = "test"
    time.dst = .none
    return time
}
