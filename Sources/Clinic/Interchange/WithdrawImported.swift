import LMDBKit
import Schema

/// Takes back what an import founded and nothing later depends on: appointments are entered in error, clients are
/// withdrawn, and their rows can be imported again (INV-IMP-05).
extension WithdrawImported: Command {
    public static let permission = Permission.importSheets

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        precondition(asked.isImport, "only an import sends this")
        var drafts: [Draft] = []
        for id in appointments {
            let appointment = try state.appointment(id)
            var event = AppointmentMarkedEnteredInError()
            event.appointment = id
            drafts.append(
                Draft(event, about: appointment.arrangement.subjects(appointment: id, client: appointment.client)))
        }
        var event = ImportUndone()
        event.import = self.import
        event.source = source
        event.clients = clients
        event.appointments = appointments
        drafts.append(
            Draft(event, about: [Subject(.import, self.import)] + clients.map { Subject(.client, $0) }))
        return drafts
    }
}

/// A thing that an import founded.
public struct Imported: Sendable {
    public var id: UInt64
    public var reference: String
    public var isClient: Bool
    /// Nothing but the import itself has changed it.
    public var isUntouched: Bool
}

extension ClinicState {
    /// What the sheets of a name founded and was not taken back, with whether anything later depends on it.
    public borrowing func imported(from source: String) throws -> [Imported] {
        var found: [Imported] = []
        try tables.sources.scan(prefix: source + "\u{0}", in: transaction) { key, row in
            let reference = String(key.dropFirst(source.count + 1))
            let isClient = try tables.clients.contains(row.id, in: transaction)
            found.append(
                Imported(id: row.id, reference: reference, isClient: isClient, isUntouched: try isUntouched(row.id)))
            return .next
        }
        return found
    }

    private borrowing func isUntouched(_ id: UInt64) throws -> Bool {
        try tables.things.get(id, in: transaction)?.touched == 0
    }
}
