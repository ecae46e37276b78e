import Schema
import Timetable

extension ClinicState {
    /// The appointments of a therapist in a span that are still to be held, in order of start: those that a
    /// time off affects (INV-AVAIL-06).
    borrowing func affectedAppointments(of staff: UInt64, in span: Span) throws -> [UInt64] {
        let taken = try diary(.therapist, staff, around: span).filter { $0.span.overlaps(span) }
        return try taken.compactMap(\.appointment).filter { id in
            switch try appointment(id).status {
            case .held, .booked, .confirmed, .arrived: true
            default: false
            }
        }
    }
}
