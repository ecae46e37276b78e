import Clinic
import Schema
import TestKit
import Timetable

/// Monday, 5 January 2026, 10:00 in New York, at the clinic: both therapists are there on weekdays.
struct Day {
    let story: Story
    let cast: Cast

    init() throws {
        (story, cast) = try Story.clinic()
        for staff in [cast.ana, cast.ben] {
            try story.openWeekdays(staff, at: cast.north)
            try story.openWeekdays(staff)
        }
        try story.openWeekdays(cast.ana, at: cast.south, zone: "America/Chicago")
    }

    /// Cleo with Ana, at north unless changed.
    func booking(_ start: String, _ change: (inout BookAppointment) -> Void = { _ in }) -> BookAppointment {
        var command = BookAppointment()
        command.client = cast.cleo
        command.staff = cast.ana
        command.service = cast.therapy
        command.location = cast.north
        command.start = start
        change(&command)
        return command
    }

    /// As `booking`, booked by the front desk.
    func book(_ start: String, _ change: (inout BookAppointment) -> Void = { _ in }) throws -> UInt64 {
        try story.given(booking(start, change), by: cast.desk)
    }

    func online(_ start: String) throws -> UInt64 {
        try book(start) {
            $0.clearLocation()
            $0.modality = .online
        }
    }

    /// Something else of Carl's with Ana.
    func carls(_ command: inout BookAppointment) { command.client = cast.carl }

    func move(_ id: UInt64, _ change: (inout RescheduleAppointment) -> Void) -> RescheduleAppointment {
        var command = RescheduleAppointment()
        command.appointment = id
        change(&command)
        return command
    }

    func cancellation(
        _ id: UInt64, _ change: (inout CancelAppointment) -> Void = { _ in }
    ) -> CancelAppointment {
        var command = CancelAppointment()
        command.appointment = id
        command.by = .client
        command.reason = .clientIllness
        change(&command)
        return command
    }

    /// An import, which no client can claim to be.
    var anImport: Caller {
        var door = Door()
        door.kind = .socket
        return Caller(kind: .import, staff: cast.owner, roles: [.owner], door: door)
    }

    /// Where an appointment stands, by the events about it.
    func arrangement(of id: UInt64) throws -> Arrangement? {
        var arrangement: Arrangement?
        for recorded in story.log {
            switch recorded.event {
            case .scheduling(.appointmentBooked(let event)) where recorded.position == id:
                arrangement = event.arrangement
            case .scheduling(.appointmentRescheduled(let event)) where event.appointment == id:
                arrangement = event.arrangement
            default: break
            }
        }
        return arrangement
    }

    func room(of id: UInt64) throws -> UInt64? {
        try arrangement(of: id).flatMap { $0.hasRoom ? $0.room : nil }
    }
}
