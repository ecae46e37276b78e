import LMDBKit
import Schema

/// Takes back what an import founded and nothing later depends on: appointments are entered in error, clients are
/// withdrawn, and their rows can be imported again (INV-IMP-05). Anything else that is named is passed over: it may have
/// been touched since it was looked up.
extension WithdrawImported: Command {
    public static let permission = Permission.importSheets

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        precondition(asked.isImport, "only an import sends this")
        let record = try state.importRecord(self.import)
        var event = ImportUndone()
        event.import = self.import
        event.source = record.source
        var drafts: [Draft] = []
        for id in appointments where record.founded(id, import: self.import) {
            guard let appointment = try state.untouchedAppointment(id, from: record.source) else { continue }
            var mistaken = AppointmentMarkedEnteredInError()
            mistaken.appointment = id
            drafts.append(Draft(mistaken, about: appointment.subjects))
            event.appointments.append(id)
        }
        for id in clients where record.founded(id, import: self.import) {
            if try state.isUntouchedClient(id, from: record.source) { event.clients.append(id) }
        }
        guard !event.appointments.isEmpty || !event.clients.isEmpty else {
            throw Refusal.unchanged("Something later depends on all of these.")
        }
        let subjects = [Subject(.import, self.import)] + event.clients.map { Subject(.client, $0) }
        return drafts + [Draft(event, about: subjects)]
    }
}

extension ClinicState {
    /// An appointment that a row of these sheets founded and that may still be entered in error (T20).
    fileprivate borrowing func untouchedAppointment(_ id: UInt64, from source: String) throws -> AppointmentInHand? {
        guard let known = try tables.appointments.get(id, in: transaction), known.source.name == source,
            try founded(from: known.source, .appointment) == id, try isUntouched(id),
            Transition.markEnteredInError.from.contains(known.status)
        else { return nil }
        return try appointment(id, for: .markEnteredInError)
    }

    /// Whether a row of these sheets founded the client, and no appointment is left of theirs: another import may have
    /// brought some.
    fileprivate borrowing func isUntouchedClient(_ id: UInt64, from source: String) throws -> Bool {
        guard let known = try tables.clients.get(id, in: transaction), known.source.name == source else { return false }
        return try founded(from: known.source, .client) == id && isUntouched(id)
            && known.importedAppointments == 0 && !known.withdrawn
    }
}
