import Schema
import Timetable

extension ClinicState {
    /// The practice's own zone, in which bare dates are meant.
    borrowing func practiceZone() throws -> Zone {
        let id = try requirePractice().practice.zone
        guard let zone = Zone(id) else {
            throw Refusal(
                .problem("unknown-zone"), status: 503, title: "Unknown time zone",
                detail: "This machine's time zone data does not know \(id), the zone of the practice.")
        }
        return zone
    }

    /// The date in the practice's zone.
    borrowing func today(_ asked: Asked) throws -> LocalDate {
        guard let now = try practiceZone().local(ofMs: asked.nowMs) else {
            throw Refusal.busy("The clock of this machine is out of range.")
        }
        return now.date
    }
}
