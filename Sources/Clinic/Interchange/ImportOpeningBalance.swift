import Schema
import Timetable

/// What a row of an old calendar says of money comes in as an opening balance: the fee that was due, less what was paid of
/// it, as of the day of the appointment. It moves the ledger by the difference alone; what was settled in the books before
/// these is theirs.
extension ImportOpeningBalance: Command {
    public static let permission = Permission.importSheets

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        precondition(asked.isImport, "only an import sends this")
        let amount = try Amount(state)
        try state.requireNew(asked.source, .balance)
        let appointment = try state.appointment(appointment)
        let fee = try amount.notNegative(self.fee, "fee")
        let paid = try amount.notNegative(self.paid, "paid")
        var event = OpeningBalanceImported()
        event.account.client = appointment.client
        event.number = try state.next(.openingBalance)
        event.asOf = try asOf(appointment, state, asked).description
        event.fee = amount.money(fee)
        event.paid = amount.money(paid)
        event.amount = amount.money(fee - paid)
        event.appointment = self.appointment
        if let source = asked.source { event.source = source }
        try BooksLimit.require(event.amount.minor, state, field: "fee")
        let subjects = event.account.subjects(.openingBalance, asked.next)
        return [Draft(event, about: subjects + [Subject(.appointment, self.appointment)])]
    }

    /// What was paid ahead has come in by today.
    private func asOf(
        _ appointment: AppointmentState, _ state: borrowing ClinicState, _ asked: Asked
    ) throws -> LocalDate {
        let today = try state.today(asked)
        return min(appointment.arrangement.date ?? today, today)
    }
}
