import LMDBKit
import ProjectionKit
import Schema
import Timetable

extension Agenda: Query {
    public static let permission = Permission.viewCalendar
    public static let clientPermission: Permission? = .viewDemographics

    public var target: Target { Target(client: hasClient ? client : nil, staff: hasStaff ? staff : nil) }

    /// The most days that one answer covers.
    private static var daysMax: Int { 400 }
    /// The most appointments in one answer, some 4 MB.
    private static var rowsMax: Int { 10_000 }

    /// The appointments that overlap the days, by start and then by id. Who is named with others is asked of all: only
    /// appointments that are on every calendar named are answered.
    public func answer(
        from view: CalendarView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> AgendaAnswer {
        if hasClient { try question.requireSees(client: client) }
        let zone = try view.practiceZone(in: transaction)
        let range = try DateRange(
            from: hasFrom ? from : nil, to: hasTo ? to : nil, today: zone.today(question.nowMs), days: 1,
            daysMax: Self.daysMax)
        let owner = try owner(in: view, transaction)
        guard let span = zone.span(from: range.from, to: range.to) else { return AgendaAnswer() }
        var names = Names(view)
        var answer = AgendaAnswer()
        for (_, appointment, entry) in try view.entries(of: owner, overlapping: span, in: transaction)
        where entry.occupies || all {
            guard var row = try view.appointments.get(appointment, in: transaction) else {
                throw ProjectionError.missingRow(table: view.appointments.raw.name)
            }
            guard admits(row) else { continue }
            guard answer.rows.count < Self.rowsMax else {
                throw Refusal.field("to", "These are more than \(Self.rowsMax) appointments. Ask for fewer days.")
            }
            try names.complete(&row, in: transaction)
            answer.rows.append(row.asSeen(in: question))
        }
        return answer
    }

    /// The calendar to read: of those named the one that is likely to be the shortest.
    private func owner(
        in view: CalendarView, _ transaction: borrowing ReadTransaction
    ) throws -> CalendarOwner {
        if hasStaff { try view.requireStaff(staff, field: "staff", in: transaction) }
        if hasRoom { try view.requireRoom(room, in: transaction) }
        if hasLocation { _ = try view.location(location, field: "location", in: transaction) }
        if hasClient { _ = try view.client(client, in: transaction) }
        if hasClient { return .client(client) }
        if hasRoom { return .room(room) }
        if hasStaff { return .staff(staff) }
        return hasLocation ? .location(location) : .practice
    }

    private func admits(_ row: AppointmentRow) -> Bool {
        (!hasStaff || row.staff == staff) && (!hasClient || row.client == client)
            && (!hasRoom || row.hasRoom && row.room == room)
            && (!hasLocation || row.hasLocation && row.location == location)
    }
}

extension Zone {
    /// The local date at an instant.
    func today(_ nowMs: Int64) -> LocalDate { local(ofMs: nowMs)?.date ?? (nowMs < 0 ? .min : .max) }
}
