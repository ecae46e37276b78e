import LMDBKit
import ProjectionKit
import Schema
import Timetable

extension ListHours: Query {
    public static let permission = Permission.viewAvailability

    public var target: Target { Target(staff: hasStaff ? staff : nil) }

    /// The hours of one member of staff, or of all: by staff, online before the locations by id. Whoever has none in force
    /// or to come, and no opening that is not over, is not among them.
    public func answer(
        from view: CalendarView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListHoursAnswer {
        if hasStaff { try view.requireStaff(staff, field: "staff", in: transaction) }
        let zone = try view.practiceZone(in: transaction)
        var hours: [HoursPlace: [UInt64: WeeklyHoursSet]] = [:]
        var openings: [HoursPlace: [OpeningRow]] = [:]
        // No bytes of prefix are the prefix of every key.
        let prefix = hasStaff ? staff.keyBytes : []
        try view.hours.scan(prefix: prefix, in: transaction) { key, event in
            let place = HoursPlace(staff: event.staff, location: event.hasLocation ? event.location : nil)
            hours[place, default: [:]][key.second] = event
            return .next
        }
        try view.openings.scan(prefix: prefix, in: transaction) { key, event in
            guard event.time.endAt > question.nowMs else { return .next }
            let place = HoursPlace(staff: event.staff, location: event.hasLocation ? event.location : nil)
            openings[place, default: []].append(OpeningRow(event, id: key.second.second))
            return .next
        }
        var names = Names(view)
        var answer = ListHoursAnswer()
        for place in Set(hours.keys).union(openings.keys).sorted() {
            var row = HoursRow()
            row.staff = place.staff
            if let name = try names.staffName(place.staff, in: transaction) { row.staffName = name }
            if let location = place.location {
                row.location = location
                if let name = try names.locationName(location, in: transaction) { row.locationName = name }
            }
            row.weeks = Self.weeks(hours[place] ?? [:], zone, nowMs: question.nowMs)
            row.openings = (openings[place] ?? []).sorted { ($0.startAt, $0.id) < ($1.startAt, $1.id) }
            if !row.weeks.isEmpty || !row.openings.isEmpty { answer.rows.append(row) }
        }
        return answer
    }

    /// - Parameter recorded: By position.
    private static func weeks(_ recorded: [UInt64: WeeklyHoursSet], _ practice: Zone, nowMs: Int64) -> [WeekRow] {
        let versions = HoursHistory(recorded.compactMap { $1.timetable(recorded: $0) }).versions
        let events = versions.compactMap { recorded[$0.recorded] }
        // The one in force: the last that has begun.
        let begun = events.indices.last { index in
            versions[index].effectiveFrom <= (Zone(events[index].zone) ?? practice).today(nowMs)
        }
        var rows: [WeekRow] = []
        for index in (begun ?? 0)..<versions.count {
            // Nothing is in force when they are not here any more.
            if index == begun, events[index].blocks.isEmpty { continue }
            rows.append(WeekRow(events[index], id: versions[index].recorded))
        }
        return rows
    }
}

/// One member of staff at one place.
private struct HoursPlace: Hashable, Comparable {
    var staff: UInt64
    /// Nil is online.
    var location: UInt64?

    /// Ids begin at 0, and online comes before all of them.
    static func < (left: Self, right: Self) -> Bool {
        guard left.staff == right.staff else { return left.staff < right.staff }
        guard let location = right.location else { return false }
        return left.location.map { $0 < location } ?? true
    }
}

extension WeekRow {
    fileprivate init(_ event: WeeklyHoursSet, id: UInt64) {
        self.init()
        self.id = id
        effectiveFrom = event.effectiveFrom
        zone = event.zone
        blocks = event.blocks
    }
}

extension OpeningRow {
    fileprivate init(_ event: ExtraOpeningAdded, id: UInt64) {
        self.init()
        self.id = id
        start = event.time.startLocal
        zone = event.time.zone
        startAt = event.time.startAt
        endAt = event.time.endAt
        if let end = WallClock.end(zone: zone, start: start, startAtMs: startAt, endAtMs: endAt) { self.end = end }
        overridesClosure = event.overridesClosure
    }
}
