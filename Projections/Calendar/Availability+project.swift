import LMDBKit
import ProjectionKit
import Schema

extension CalendarView {
    func project(_ event: AvailabilityEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .weeklyHoursSet(let event): try view.put(hours, Pair(event.staff, recorded.position), event)
        case .extraOpeningAdded(let event):
            try view.put(openings, Pair(event.staff, Pair(event.time.endAt, recorded.position)), event)
        case .timeOffRequested(let event): try request(event, recorded, into: view)
        case .timeOffApproved(let event):
            guard let place = try view.get(timeOffPlaces, event.timeOff) else {
                throw ProjectionError.missingRow(table: timeOffPlaces.raw.name)
            }
            let key = Pair(place.staff, Pair(place.endAt, event.timeOff))
            try view.update(timesOff, key) { $0.approved = true }
        }
    }

    private func request(_ event: TimeOffRequested, _ recorded: Recorded, into view: ViewWriter) throws {
        var row = TimeOffRow()
        row.id = recorded.position
        row.staff = event.staff
        row.start = event.time.startLocal
        row.zone = event.time.zone
        row.startAt = event.time.startAt
        row.endAt = event.time.endAt
        row.approved = false
        if let kind = event.kind.name { row.kind = kind }
        var ordinal: UInt32 = 0
        if let reason = recorded.sealed(event.reason, ordinal: &ordinal, of: event.staff, .personnel) {
            row.reason = Private(reason)
        }
        try view.put(timesOff, Pair(row.staff, Pair(row.endAt, row.id)), row)
        var place = CalendarTimeOffPlace()
        place.staff = row.staff
        place.endAt = row.endAt
        try view.put(timeOffPlaces, row.id, place)
    }
}

extension TimeOffKind.Value {
    /// The word for it on the wire; nil when nothing was said.
    fileprivate var name: String? {
        switch self {
        case .annual: "annual"
        case .sick: "sick"
        case .training: "training"
        case .admin: "admin"
        case .other: "other"
        case .unspecified, .UNRECOGNIZED: nil
        }
    }
}
