import LMDBKit
import ProjectionKit
import Schema
import Timetable

extension FreeSlots: Query {
    public static let permission = Permission.findSlots
    public static let clientPermission: Permission? = .viewDemographics

    /// Exactly the times that a booking without overrides would be given (INV-AVAIL-09): by start, the client's primary
    /// therapist first, then by therapist and location.
    public func answer(
        from view: CalendarView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> FreeSlotsAnswer {
        if hasClient { try question.requireSees(client: client) }
        let wish = try SlotWish(self, view, in: transaction, question)
        guard let span = Self.span(of: wish.range) else { return FreeSlotsAnswer() }
        let around = span.widened(days: 3)
        let sites = try SlotSites(for: wish, during: around, from: view, in: transaction)
        let therapists = SlotTherapists(for: wish, during: span, from: view, at: sites)
        let busy = try wish.clientID.map { try view.diary(of: .client($0), during: around, in: transaction) } ?? []
        let search = SlotSearch(
            request: wish.request, sites: sites.candidates, therapists: try therapists.candidates(in: transaction),
            clientOccupancies: busy)
        var names = Names(view)
        var answer = FreeSlotsAnswer()
        let lastMs = question.nowMs + PracticePolicy.aheadMaxMs
        for slot in try Self.slots(search) where slot.startMs <= lastMs {
            answer.rows.append(try row(slot, wish, sites, &names, transaction))
        }
        return answer
    }

    /// The dates by the clock of UTC; those of other zones are at most a day away.
    private static func span(of range: DateRange) -> Span? {
        Span(
            startMs: max(Int64(range.from.daysSinceEpoch) * 86_400_000, Zone.instantsMs.lowerBound),
            endMs: min(Int64(range.to.daysSinceEpoch) * 86_400_000, Zone.instantsMs.upperBound))
    }

    private static func slots(_ search: SlotSearch) throws(Refusal) -> [Slot] {
        do throws(SlotRequest.Problem) {
            return try search.slots()
        } catch {
            switch error {
            case .dateRangeOutOfRange: throw .field("to", "The dates are out of range.")
            case .durationOutOfRange: throw .field("minutes", "`minutes` is out of range.")
            case .limitOutOfRange: throw .field("limit", "`limit` is out of range.")
            case .stepOutOfRange, .weekdayOutOfRange, .timeWindowEmpty, .nowOutOfRange, .participantsOutOfRange:
                throw .field("service", "This service cannot be searched for.")
            }
        }
    }

    private func row(
        _ slot: Slot, _ wish: SlotWish, _ sites: SlotSites, _ names: inout Names,
        _ transaction: borrowing ReadTransaction
    ) throws -> SlotRow {
        var row = SlotRow()
        row.staff = slot.staff
        if let name = try names.staffName(slot.staff, in: transaction) { row.staffName = name }
        if case .location(let id) = slot.site {
            row.location = id
            if let name = try names.locationName(id, in: transaction) { row.locationName = name }
        }
        if let room = slot.room {
            row.room = room
            if let name = try names.roomName(room, in: transaction) { row.roomName = name }
        }
        row.modality = wish.modality
        row.startAt = slot.startMs
        row.endAt = slot.endMs
        if let zone = sites.zone(of: slot.site) {
            row.zone = zone.id
            if let start = zone.local(ofMs: slot.startMs) { row.start = start.description }
            if let end = zone.local(ofMs: slot.endMs) { row.end = end.description }
        }
        return row
    }
}
