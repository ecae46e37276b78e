import LMDBKit
import Schema
import Timetable

extension CalendarView {
    /// What takes up a calendar in the span.
    ///
    /// - Parameter roomMinutes: setup and turnaround of the room, when the calendar is a room's.
    func diary(
        of owner: CalendarOwner, during span: Span, roomMinutes: Int = 0, in transaction: borrowing ReadTransaction
    ) throws -> [Occupancy] {
        try entries(of: owner, overlapping: span, in: transaction).compactMap { startMs, appointment, entry in
            guard entry.occupies, let taken = Span(startMs: startMs, endMs: entry.endAt) else { return nil }
            return Occupancy(
                span: taken, place: Place(entry.modality, location: entry.hasLocation ? entry.location : nil),
                appointment: appointment, bufferBeforeMinutes: Int(entry.bufferBeforeMinutes),
                bufferAfterMinutes: Int(entry.bufferAfterMinutes), roomSetupMinutes: roomMinutes,
                roomTurnaroundMinutes: roomMinutes)
        }
    }
}

extension Span {
    /// The span and so many days on either side, within the years that the timetable computes with.
    func widened(days: Int64) -> Span {
        let limits = Zone.instantsMs
        return Span(
            startMs: max(limits.lowerBound, startMs - days * 86_400_000),
            endMs: min(limits.upperBound, endMs + days * 86_400_000)) ?? self
    }
}
