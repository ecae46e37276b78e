import Schema
import Timetable

/// A row of an old calendar comes in through the life cycle's own events. Only what occupies is checked for conflicts,
/// and neither availability, grid nor look-back binds it.
extension ImportAppointment: Command {
    public static let permission = Permission.importSheets

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        precondition(asked.isImport, "only an import sends this")
        let practice = try state.requirePractice()
        let zone = try Fields.zone(self.zone, "zone")
        let time = try PlannedTime.plan(
            try Fields.dateTime(start, "start"), minutes: Int(minutes), in: zone, tzdata: asked.tzdata, field: "start")
        var booked = AppointmentBooked()
        booked.client = client
        booked.service = service
        booked.arrangement = arrangement(time)
        booked.policy = practice.policy
        if let source = asked.source { booked.source = source }
        _ = try state.client(client)
        if status.occupies { try check(state, booked.arrangement, asked) }
        let subjects = booked.arrangement.subjects(appointment: asked.next, client: client)
        return [Draft(booked, about: subjects)] + outcome(time, subjects, asked)
    }

    private func arrangement(_ time: PlannedTime) -> Arrangement {
        var arrangement = Arrangement()
        arrangement.staff = staff
        if hasLocation { arrangement.location = location }
        if hasRoom { arrangement.room = room }
        arrangement.modality = modality
        arrangement.time = time
        return arrangement
    }

    /// INV-SCHED-03, -04 and -05 against what is on file.
    private func check(_ state: borrowing ClinicState, _ arrangement: Arrangement, _ asked: Asked) throws {
        guard let span = arrangement.time.span else { throw Refusal.field("minutes", "`minutes` must be positive.") }
        let wanted = Occupancy(
            span: span, place: Place(modality, location: hasLocation ? location : nil), appointment: nil)
        var found: [Conflict] = []
        for other in try state.diary(.therapist, staff, around: span) where other.span.overlaps(span) {
            found.append(Conflict(.therapistOverlap, with: other.appointment))
        }
        found += ClientRule(nowMs: asked.nowMs).conflicts(
            of: wanted, with: try state.diary(.client, client, around: span))
        if hasRoom {
            let concurrent = Int(try state.room(room).concurrent)
            found += RoomRule(concurrent: concurrent, nowMs: asked.nowMs).conflicts(
                of: wanted, with: try state.diary(.room, room, around: span))
        }
        guard let first = found.min() else { return }
        let rule = first.kind == .clientOverlap ? "05" : first.kind == .roomOverlap ? "04" : "03"
        throw Refusal.rule("INV-SCHED-\(rule)", "Already booked", "Something on file is in the way of this row.")
            .with {
                $0.conflicts = Array(Set(found.compactMap(\.appointment))).sorted()
                $0.classes = Array(Set(found.map(\.kind.rawValue))).sorted()
            }
    }

    /// What became of it.
    private func outcome(_ time: PlannedTime, _ subjects: [Subject], _ asked: Asked) -> [Draft] {
        switch status {
        case .completed:
            var event = SessionRecordedRetrospectively()
            event.appointment = asked.next
            event.startedAt = time.startAt
            event.endedAt = time.endAt
            return [Draft(event, about: subjects, effectiveAtMs: min(time.endAt, asked.nowMs))]
        case .noShow:
            var event = AppointmentMarkedNoShow()
            event.appointment = asked.next
            return [Draft(event, about: subjects)]
        case .cancelled:
            var event = AppointmentCancelled()
            event.appointment = asked.next
            event.by = late ? .client : .clinic
            event.reason = .other
            event.noticeAt = asked.nowMs
            event.leadMs = time.startAt - asked.nowMs
            event.late = late
            return [Draft(event, about: subjects)]
        default: return []
        }
    }
}
