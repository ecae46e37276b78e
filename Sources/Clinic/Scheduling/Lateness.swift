import Schema
import Timetable

/// Notice, and whether it came in time (INV-SCHED-16).
enum Lateness {
    /// Late is a client's alone, and a matter of elapsed time: notice of exactly the window is in time.
    static func isLate(
        _ by: RequestedBy.Value, noticeAtMs: Int64, startMs: Int64, _ terms: CancellationTerms
    ) -> Bool {
        by == .client && startMs - noticeAtMs < Int64(terms.lateWindowMinutes) * 60_000
    }

    /// A move within one local week, from Monday, is not held against the client.
    static func isSameWeek(_ one: PlannedTime, _ other: PlannedTime) -> Bool {
        guard let one = LocalDateTime(iso: one.startLocal), let other = LocalDateTime(iso: other.startLocal)
        else { return false }
        return one.date.weekStartDaysSinceEpoch == other.date.weekStartDaysSinceEpoch
    }
}

extension ClinicState {
    /// When notice was given: by the practice's clock, or now. Not after now, nor before there was anything to give
    /// notice of.
    borrowing func noticeAtMs(
        _ text: String?, of appointment: AppointmentInHand, _ asked: Asked
    ) throws -> Int64 {
        guard text != nil else { return asked.nowMs }
        let zone = try practiceZone()
        let noticeAtMs = try Fields.instantMs(try Fields.dateTime(text, "notice"), in: zone, "notice")
        guard noticeAtMs <= asked.nowMs else { throw Refusal.field("notice", "`notice` is still to come.") }
        // Notice is told to the minute: it may have been given within that of the booking.
        guard !appointment.state.hasBookedAt || noticeAtMs > appointment.state.bookedAt - 60_000 else {
            throw Refusal.field("notice", "`notice` is before the appointment was booked.")
        }
        return noticeAtMs
    }
}
