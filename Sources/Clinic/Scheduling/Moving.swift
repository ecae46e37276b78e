import Schema
import Timetable

extension Wish {
    /// An appointment as it stands, to be changed and placed anew. Its room is kept where it can be.
    init(moving appointment: AppointmentInHand) throws {
        let present = appointment.arrangement
        self.init(
            client: appointment.state.client, staff: present.staff, service: appointment.state.service,
            location: present.hasLocation ? present.location : nil, room: nil,
            start: try Fields.dateTime(present.time.startLocal, "start"),
            minutes: Int((present.time.endAt - present.time.startAt) / 60_000), modality: present.modality,
            moving: appointment.id, supportive: appointment.state.supportive)
        preferredRoom = present.hasRoom ? present.room : nil
        keepsStart = true
        keepsMinutes = true
    }

    /// Whether anything would be other than it is. A room that nobody named is no wish.
    func changes(_ present: Arrangement) -> Bool {
        staff != present.staff || location != (present.hasLocation ? present.location : nil)
            || modality != present.modality || !keepsStart || !keepsMinutes
            || room.map { !present.hasRoom || $0 != present.room } ?? false
    }
}

extension AppointmentRescheduled {
    /// One that is not late. INV-SCHED-13: the same appointment, one revision on.
    init(
        _ appointment: AppointmentInHand, to arrangement: Arrangement, by: RequestedBy.Value, noticeAtMs: Int64
    ) {
        self.init()
        self.appointment = appointment.id
        self.arrangement = arrangement
        revision = appointment.state.revision + 1
        self.by = by
        noticeAt = noticeAtMs
    }
}

extension AppointmentInHand {
    /// Both therapists are concerned when it goes from one to the other.
    func subjects(movedTo arrangement: Arrangement) -> [Subject] {
        let subjects = arrangement.subjects(appointment: id, client: state.client)
        let former = self.arrangement.staff
        return former == arrangement.staff ? subjects : subjects + [Subject(.staff, former)]
    }
}

extension ClinicState {
    /// A start that is not named stays the same instant, also where the clock of the new place shows it differently.
    borrowing func keepStart(of wish: inout Wish, _ appointment: AppointmentInHand) throws {
        let time = appointment.arrangement.time
        let zone = try venue(for: wish, service: try service(wish.service)).zone
        if zone.id != time.zone, let start = zone.local(ofMs: time.startAt) { wish.start = start }
    }
}
