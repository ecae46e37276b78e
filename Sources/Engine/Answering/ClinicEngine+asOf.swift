import Clinic
import Schema
import Timetable

extension ClinicEngine {
    /// The instant that a bare local time means in the practice's zone; a whole minute is known until its end.
    public func instantMs(asOf text: String) throws(Refusal) -> Int64 {
        guard let local = LocalDateTime(iso: text) ?? LocalDate(iso: text).flatMap({ LocalDateTime($0, .midnight) })
        else { throw .field("asOf", "`asOf` must be a date and time like 2026-03-01T12:00.") }
        guard let zone = try practice.flatMap({ Zone($0.zone) }) else {
            throw .field("asOf", "There is no practice yet.")
        }
        return zone.resolve(local).plannedMs
    }
}
