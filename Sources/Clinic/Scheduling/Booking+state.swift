import LMDBKit
import Schema
import Timetable

extension ClinicState {
    /// The price in force on a date, and the list it is from.
    borrowing func price(of service: UInt64, on date: LocalDate) throws -> (Money, UInt64)? {
        var found: (Money, UInt64)?
        try tables.prices.scanBackwards(
            before: Pair(service, Pair(Int64(date.daysSinceEpoch) + 1, UInt64(0))), in: transaction
        ) { key, row in
            if key.first == service { found = (row.amount, row.priceList) }
            return .stop
        }
        return found
    }

    /// The record of conflicts that were accepted, when there were any.
    borrowing func overrideDrafts(_ arranged: Arranged, _ wish: Wish, appointment: UInt64) -> [Draft] {
        guard !arranged.overridden.isEmpty, let reason = wish.reason else { return [] }
        var event = ConflictOverridden()
        event.appointment = appointment
        event.classes = Array(Set(arranged.overridden.compactMap(\.kind.wire))).sorted { $0.rawValue < $1.rawValue }
        event.others = Array(Set(arranged.overridden.compactMap(\.appointment))).sorted()
        return [
            Draft(
                event, about: arranged.arrangement.subjects(appointment: appointment, client: wish.client),
                texts: [(\.reason, PrivateText(reason, of: wish.client, .identity))])
        ]
    }
}

extension Arrangement {
    /// Whom and what an event about this appointment is about.
    func subjects(appointment: UInt64, client: UInt64) -> [Subject] {
        [Subject(.appointment, appointment), Subject(.client, client), Subject(.staff, staff)]
    }
}
