import LMDBKit
import ProjectionKit
import Schema

extension ShowAppointment: Query {
    public static let permission = Permission.viewCalendar

    public func answer(
        from view: CalendarView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ShowAppointmentAnswer {
        guard hasAppointment else { throw Refusal.field("appointment", "`appointment` must be the appointment's id.") }
        guard var row = try view.appointments.get(appointment, in: transaction) else {
            throw Refusal.missing("appointment", appointment, field: "appointment")
        }
        var names = Names(view)
        try names.complete(&row, in: transaction)
        var answer = ShowAppointmentAnswer()
        answer.row = row.asSeen(in: question)
        return answer
    }
}
