import Schema
import SwiftProtobuf
import Timetable

extension StartNote: Command {
    public static let permission = Permission.writeNotes

    public func target(in state: borrowing ClinicState) throws -> Target {
        if hasAppointment { return try state.target(appointment: appointment) }
        return Target(client: hasClient ? client : nil)
    }

    /// A note of a session is written by whoever gives it, and there is one (INV-NOTE-09). A draft that was begun by who was
    /// to give it before is in nobody's way: it stays with its author, who can throw it away.
    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var event = NoteStarted()
        event.staff = try asked.requireStaff()
        event.kind = hasKind ? kind : hasAppointment ? .progressSoap : .contact
        guard let template = NoteTemplate.inUse(for: event.kind) else {
            throw Refusal.field("kind", "`kind` must be progress_soap, progress_free or contact.")
        }
        event.template = template.name
        if event.kind == .contact {
            try fillContact(&event, state, asked)
        } else {
            try fillSession(&event, state)
        }
        let note = NoteInHand(id: asked.next, state: .with { $0.started = event })
        return [Draft(event, about: note.subjects)]
    }

    private func fillContact(_ event: inout NoteStarted, _ state: borrowing ClinicState, _ asked: Asked) throws {
        guard !hasAppointment else {
            throw Refusal.field("appointment", "A contact note is of no session. Leave `appointment` out.")
        }
        event.client = try Fields.required(hasClient ? client : nil, "client", "the client's id")
        _ = try state.client(event.client)
        let today = try state.today(asked)
        let date = hasServiceDate ? try Fields.date(serviceDate, "serviceDate") : today
        guard date <= today else {
            throw Refusal.rule("INV-NOTE-16", "In the future", "A contact is written about after it took place.")
                .with { $0.field = "serviceDate" }
        }
        event.serviceDate = date.description
    }

    private func fillSession(_ event: inout NoteStarted, _ state: borrowing ClinicState) throws {
        let id = try Fields.required(hasAppointment ? appointment : nil, "appointment", "the appointment's id")
        let session = AppointmentInHand(id: id, state: try state.appointment(id))
        guard !hasClient || client == session.state.client else {
            throw Refusal.field("client", "The appointment is another client's. Leave `client` out.")
        }
        try session.requireGiven(by: event.staff)
        try session.requireNoteMayStart()
        let dates = try session.dates(nowMs: nil)
        guard try !hasServiceDate || dates.contains(Fields.date(serviceDate, "serviceDate")) else {
            throw Refusal.rule(
                "INV-NOTE-16", "Not the day of the session",
                "The session is on \(dates.lowerBound). Leave `serviceDate` out."
            )
            .with { $0.field = "serviceDate" }
        }
        if let live = try state.liveNote(ofAppointment: id), try !state.isLeftBehind(live, by: event.staff) {
            throw Refusal.rule("INV-NOTE-09", "There is a note already", "This session has note \(live).")
                .with {
                    $0.field = "appointment"
                    $0.involved = [live]
                }
        }
        event.client = session.state.client
        event.appointment = id
        event.serviceDate = hasServiceDate ? serviceDate : dates.lowerBound.description
    }
}
