import Schema
import Timetable

extension ImportAppointment {
    /// That everything it names is on file and belongs together (INV-LOC-02, INV-SCHED-06).
    func checkNamed(_ state: borrowing ClinicState) throws {
        _ = try state.client(client)
        _ = try state.staff(staff)
        _ = try state.service(service)
        guard Timetable.Modality(modality) != nil else {
            throw Refusal.field("modality", "`modality` must be in_person, online, phone, home_visit or outreach.")
        }
        if hasLocation { _ = try state.location(location) }
        guard modality != .inPerson || hasLocation else {
            throw Refusal.rule("INV-SCHED-06", "A location is needed", "An appointment in person needs a location.")
                .with { $0.field = "location" }
        }
        guard hasRoom else { return }
        let home = try state.room(room).location
        guard hasLocation, home == location else {
            throw Refusal.rule("INV-LOC-02", "Not a room of this location", "The room belongs to another location.")
                .with { $0.field = "room" }
        }
    }

    /// INV-SCHED-03, -04 and -05 against what is on file.
    func checkFree(_ arrangement: Arrangement, _ state: borrowing ClinicState, _ asked: Asked) throws {
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
        if span.startMs > asked.nowMs { try checkNotAway(span, state) }
        guard let first = found.min() else { return }
        let rule = first.kind == .clientOverlap ? "05" : first.kind == .roomOverlap ? "04" : "03"
        throw Refusal.rule("INV-SCHED-\(rule)", "Already booked", "Something on file is in the way of this row.")
            .with {
                $0.conflicts = Array(Set(found.compactMap(\.appointment))).sorted()
                $0.classes = Array(Set(found.map(\.kind.rawValue))).sorted()
            }
    }

    /// INV-AVAIL-05: nobody is booked into time off that was approved; what took place in it took place.
    private func checkNotAway(_ span: Span, _ state: borrowing ClinicState) throws {
        let zone = try Fields.zone(self.zone, "zone")
        let openings = try state.openings(of: staff, at: hasLocation ? location : nil, zone: zone, around: span)
        guard openings.timeOff.overlaps(span) else { return }
        throw Refusal.rule("INV-SCHED-10", "Therapist is away", "The therapist has time off at this time.")
            .with { $0.classes = [Conflict.Class.unavailableTimeOff.rawValue] }
    }
}
