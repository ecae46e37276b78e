import Testing
import Timetable

@testable import Interchange

/// Small sheets for tests of one thing.
enum Small {
    static let clientHeader = "File no,First name,Last name,Date of birth,Email,Phone,Therapist\n"
    static let appointmentHeader = "Ref,Client,Therapist,Date,Start,Minutes,Status,Room,Where,Fee\n"
    static let oneClient = clientHeader + "C1,Ann,Berg,1990-01-02,,,Dr Kay\n"

    static func source(
        clients: String = oneClient, appointments: String = appointmentHeader, zone: String = "Europe/Paris",
        mapping: MappingFile = MappingFile(), staff: [String] = []
    ) throws -> ImportSource {
        ImportSource(
            clients: Array(clients.utf8), appointments: Array(appointments.utf8), zone: try #require(Zone(zone)),
            today: try #require(LocalDate(iso: "2026-06-01")), staffOnFile: staff, mapping: mapping)
    }

    static func client(
        _ reference: String, _ first: String = "", _ last: String = "", born: String? = nil, email: String? = nil,
        phone: String? = nil
    ) -> ClientRow {
        ClientRow(
            reference: reference, line: 2, firstName: first, lastName: last, preferredName: nil, pronouns: nil,
            dateOfBirth: born.flatMap { LocalDate(iso: $0) }, email: email, phone: phone, address: nil, therapist: nil,
            remarks: nil)
    }

    /// An appointment from `start` on, in minutes since 2025-01-01T00:00Z.
    static func appointment(
        _ reference: String, from start: Int, minutes: Int = 50, client: String = "C1", therapist: String = "T",
        room: String? = nil, location: String? = nil, status: AppointmentStatus = .attended
    ) throws -> AppointmentRow {
        let span = try #require(Span(startMs: 1_735_689_600_000 + Int64(start) * 60_000, minutes: minutes))
        return AppointmentRow(
            reference: reference, line: 2, client: client, therapist: therapist, service: nil, location: location,
            room: room, modality: nil, status: status, start: try #require(LocalDateTime(iso: "2025-01-01T00:00")),
            reading: .none, span: span, minutes: minutes, price: nil, payment: nil, remarks: nil)
    }

    static func sheet(_ text: String, limits: SheetLimits = SheetLimits()) throws(ImportRefusal) -> Sheet {
        try Sheet(.clients, bytes: Array(text.utf8), limits: limits)
    }
}
