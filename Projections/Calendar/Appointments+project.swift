import LMDBKit
import ProjectionKit
import Schema

extension CalendarView {
    func project(_ event: SchedulingEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .appointmentBooked(let event): try book(event, recorded, into: view)
        case .appointmentRescheduled(let event): try reschedule(event, recorded, into: view)
        case .appointmentCancelled(let event):
            try vacate(event.appointment, .cancelled, recorded, into: view) { $0.late = event.late }
        case .appointmentConfirmed(let event):
            try change(event.appointment, recorded, into: view) { $0.status = .confirmed }
        case .clientCheckedIn(let event):
            try change(event.appointment, recorded, into: view) { $0.status = .arrived }
        case .sessionStarted(let event):
            try change(event.appointment, recorded, into: view) {
                $0.status = .inSession
                $0.startedAt = event.startedAt
            }
        case .sessionEnded(let event):
            try change(event.appointment, recorded, into: view) {
                $0.status = .completed
                $0.endedAt = event.endedAt
            }
        case .sessionRecordedRetrospectively(let event):
            try change(event.appointment, recorded, into: view) {
                $0.status = .completed
                $0.startedAt = event.startedAt
                $0.endedAt = event.endedAt
            }
        case .appointmentMarkedNoShow(let event): try vacate(event.appointment, .noShow, recorded, into: view)
        case .appointmentMarkedEnteredInError(let event):
            try vacate(event.appointment, .enteredInError, recorded, into: view)
        // Says why a booking or move could be; it moves nothing itself.
        case .conflictOverridden: break
        }
    }

    private func book(_ event: AppointmentBooked, _ recorded: Recorded, into view: ViewWriter) throws {
        var row = AppointmentRow()
        row.id = recorded.position
        row.client = event.client
        row.service = event.service
        row.status = .booked
        row.revision = 0
        row.late = false
        row.changed = recorded.position
        if event.hasPrice { row.price = event.price }
        row.place(event.arrangement)
        try view.put(appointments, row.id, row)
        try enter(row, event.arrangement, into: view)
    }

    private func reschedule(_ event: AppointmentRescheduled, _ recorded: Recorded, into view: ViewWriter) throws {
        try change(event.appointment, recorded, into: view) { row in
            for key in row.entryKeys { try view.delete(entries, key) }
            row.place(event.arrangement)
            row.status = .booked
            row.revision = event.revision
            row.late = event.late
            try enter(row, event.arrangement, into: view)
        }
    }

    /// The appointment no longer takes up any calendar, and is still found on all of them.
    private func vacate(
        _ id: UInt64, _ status: AppointmentStatus.Value, _ recorded: Recorded, into view: ViewWriter,
        _ body: (inout AppointmentRow) -> Void = { _ in }
    ) throws {
        try change(id, recorded, into: view) { row in
            row.status = status
            body(&row)
            for key in row.entryKeys { try view.update(entries, key) { $0.occupies = false } }
        }
    }

    private func change(
        _ id: UInt64, _ recorded: Recorded, into view: ViewWriter, _ body: (inout AppointmentRow) throws -> Void
    ) throws {
        try view.update(appointments, id) { row in
            try body(&row)
            row.changed = recorded.position
        }
    }

    private func enter(_ row: AppointmentRow, _ arrangement: Arrangement, into view: ViewWriter) throws {
        let entry = CalendarEntry(arrangement)
        for key in row.entryKeys { try view.put(entries, key, entry) }
        var reach = try view.get(self.reach, 0) ?? CalendarReach()
        let (lengthMs, overflow) = row.endAt.subtractingReportingOverflow(row.startAt)
        guard !overflow, lengthMs > reach.longestMs else { return }
        reach.longestMs = lengthMs
        try view.put(self.reach, 0, reach)
    }
}

extension AppointmentRow {
    /// Where, when and with whom it is now.
    fileprivate mutating func place(_ arrangement: Arrangement) {
        staff = arrangement.staff
        clearLocation()
        if arrangement.hasLocation { location = arrangement.location }
        clearRoom()
        if arrangement.hasRoom { room = arrangement.room }
        modality = arrangement.modality
        start = arrangement.time.startLocal
        zone = arrangement.time.zone
        startAt = arrangement.time.startAt
        endAt = arrangement.time.endAt
    }
}

extension CalendarEntry {
    fileprivate init(_ arrangement: Arrangement) {
        self.init()
        endAt = arrangement.time.endAt
        occupies = true
        bufferBeforeMinutes = arrangement.bufferBeforeMinutes
        bufferAfterMinutes = arrangement.bufferAfterMinutes
        if arrangement.hasLocation { location = arrangement.location }
        modality = arrangement.modality
    }
}
