import LMDBKit
import Schema
import Timetable

/// Takes back what an import founded and nothing later depends on: opening balances are withdrawn, appointments are
/// entered in error, clients are withdrawn, and their rows can be imported again (INV-IMP-05). Anything else that is named
/// is passed over: it may have been touched since it was looked up.
extension WithdrawImported: Command {
    public static let permission = Permission.importSheets

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        precondition(asked.isImport, "only an import sends this")
        let record = try state.importRecord(self.import)
        var event = ImportUndone()
        event.import = self.import
        event.source = record.source
        var drafts: [Draft] = []
        let today = try state.today(asked).description
        for id in balances where record.founded(id, import: self.import) {
            guard let draft = try state.withdrawalDraft(id, from: record.source, on: today) else { continue }
            drafts.append(draft)
            event.balances.append(id)
        }
        for id in appointments where record.founded(id, import: self.import) {
            guard let appointment = try state.untouchedAppointment(id, from: record.source, besides: event.balances)
            else { continue }
            var mistaken = AppointmentMarkedEnteredInError()
            mistaken.appointment = id
            drafts.append(Draft(mistaken, about: appointment.subjects))
            event.appointments.append(id)
        }
        for id in clients where record.founded(id, import: self.import) {
            if try state.isUntouchedClient(id, from: record.source) { event.clients.append(id) }
        }
        guard !drafts.isEmpty || !event.clients.isEmpty else {
            throw Refusal.unchanged("Something later depends on all of these.")
        }
        let subjects = [Subject(.import, self.import)] + event.clients.map { Subject(.client, $0) }
        return drafts + [Draft(event, about: subjects)]
    }
}

extension ClinicState {
    /// An opening balance that a row of these sheets founded, and of which nothing was paid, credited, written off, used
    /// or refunded; nil for any other.
    fileprivate borrowing func withdrawalDraft(_ id: UInt64, from source: String, on date: String) throws -> Draft? {
        guard let known = try tables.billing.openingBalances.get(id, in: transaction), known.source.name == source,
            try founded(from: known.source, .balance) == id
        else { return nil }
        if known.amount > 0, try invoice(id).openMinor != known.amount { return nil }
        if known.amount < 0, try credit(id).freeMinor != -known.amount { return nil }
        var event = OpeningBalanceWithdrawn()
        event.openingBalance = id
        event.account = known.account
        event.amount = try Amount(self).money(known.amount)
        event.withdrawnOn = date
        return Draft(event, about: known.account.subjects(.openingBalance, id))
    }

    /// An appointment that a row of these sheets founded and that may still be entered in error (T20).
    fileprivate borrowing func untouchedAppointment(
        _ id: UInt64, from source: String, besides balances: [UInt64]
    ) throws -> AppointmentInHand? {
        guard let known = try tables.appointments.get(id, in: transaction), known.source.name == source,
            try founded(from: known.source, .appointment) == id, try isUntouched(id),
            try keepsNoBalance(known.source, besides: balances),
            Transition.markEnteredInError.from.contains(known.status)
        else { return nil }
        return try appointment(id, for: .markEnteredInError)
    }

    /// An appointment stays whose fee was paid since. Its money stands in the same row.
    private borrowing func keepsNoBalance(_ source: Source, besides withdrawn: [UInt64]) throws -> Bool {
        guard let balance = try founded(from: source, .balance) else { return true }
        return withdrawn.contains(balance)
    }

    /// Whether a row of these sheets founded the client, and nothing is left of theirs: another import may have
    /// brought some of it.
    fileprivate borrowing func isUntouchedClient(_ id: UInt64, from source: String) throws -> Bool {
        guard let known = try tables.clients.get(id, in: transaction), known.source.name == source else { return false }
        return try founded(from: known.source, .client) == id && isUntouched(id)
            && known.importedThings == 0 && !known.withdrawn
    }
}
