import LMDBKit
import ProjectionKit
import Schema

/// What happens to an appointment belongs to its client's story.
extension ClientHistoryView {
    func entries(of event: SchedulingEvent, _ recorded: Recorded, _ view: ViewWriter) throws -> [Entry] {
        switch event {
        case .appointmentBooked(let event): return [try entry(of: event, recorded, view)]
        case .appointmentRescheduled(let event): return [try entry(of: event, recorded, view)]
        case .appointmentCancelled(let event):
            return [try entry(event.appointment, .cancelled, view) { $0.add(event, recorded) }]
        case .appointmentConfirmed(let event):
            return [try entry(event.appointment, .confirmed, view) { $0.add(event) }]
        case .clientCheckedIn(let event):
            return [try entry(event.appointment, .arrived, view) { $0.add(event) }]
        case .sessionStarted(let event):
            try updateSession(event.appointment, view) {
                $0.status = .inSession
                $0.startedAt = event.startedAt
            }
            return [try entry(event.appointment, .inSession, view) { $0.add(event, recorded) }]
        case .sessionEnded(let event):
            try updateSession(event.appointment, view) {
                $0.status = .completed
                $0.endedAt = event.endedAt
            }
            return [
                try entry(event.appointment, .completed, view) { $0.facts.add(instant: "endedAt", event.endedAt) }
            ]
        case .sessionRecordedRetrospectively(let event):
            try updateSession(event.appointment, view) {
                $0.status = .completed
                $0.startedAt = event.startedAt
                $0.endedAt = event.endedAt
            }
            return [try entry(event.appointment, .completed, view) { $0.add(event) }]
        case .appointmentMarkedNoShow(let event):
            return [try entry(event.appointment, .noShow, view) { $0.add(event) }]
        case .appointmentMarkedEnteredInError(let event):
            try updateSession(event.appointment, view) { $0.status = .enteredInError }
            return [try entry(event.appointment, .enteredInError, view) { $0.add("reason", event.reason, recorded) }]
        case .conflictOverridden(let event):
            return [try entry(event.appointment, .unspecified, view) { $0.add(event, recorded) }]
        }
    }

    /// Approving a time off settles what becomes of the appointments in it.
    func entries(of event: AvailabilityEvent, _ view: ViewWriter) throws -> [Entry] {
        switch event {
        case .timeOffApproved(let event):
            var entries: [Entry] = []
            for resolution in event.resolutions {
                let client = try client(of: resolution.appointment, view).client
                let index = entries.firstIndex { $0.client == client } ?? entries.endIndex
                if index == entries.endIndex { entries.append(Entry(client: client, subject: event.timeOff)) }
                entries[index].facts.add("appointment", resolution.appointment)
                entries[index].facts.add("resolution", word: resolution.action)
                if resolution.hasStaff { entries[index].facts.add("staff", resolution.staff) }
            }
            return entries
        case .weeklyHoursSet, .extraOpeningAdded, .timeOffRequested: return []
        }
    }

    private func entry(of event: AppointmentBooked, _ recorded: Recorded, _ view: ViewWriter) throws -> Entry {
        var session = ChartSession()
        session.client = event.client
        session.service = event.service
        session.status = .booked
        session.imported = recorded.header.actor.kind == .import
        session.place(event.arrangement)
        try view.put(sessions, recorded.position, session)
        return try entry(recorded.position, .booked, view) { $0.add(event, recorded) }
    }

    private func entry(of event: AppointmentRescheduled, _ recorded: Recorded, _ view: ViewWriter) throws -> Entry {
        try updateSession(event.appointment, view) { $0.place(event.arrangement) }
        return try entry(event.appointment, .booked, view) { $0.add(event, recorded) }
    }

    private func entry(
        _ appointment: UInt64, _ status: AppointmentStatus.Value, _ view: ViewWriter, _ tell: (inout Entry) -> Void
    ) throws -> Entry {
        let known = try client(of: appointment, view)
        var entry = Entry(client: known.client, subject: appointment)
        entry.facts.add(zone: known.zone)
        entry.facts.add("status", word: status)
        tell(&entry)
        return entry
    }

    private func client(of appointment: UInt64, _ view: ViewWriter) throws -> ChartSession {
        guard let known = try view.get(sessions, appointment) else {
            throw ProjectionError.missingRow(table: sessions.raw.name)
        }
        return known
    }
}

extension ChartSession {
    fileprivate mutating func place(_ arrangement: Arrangement) {
        staff = arrangement.staff
        start = arrangement.time.startLocal
        zone = arrangement.time.zone
        startAt = arrangement.time.startAt
    }
}
