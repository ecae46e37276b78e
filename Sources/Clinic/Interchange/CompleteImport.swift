import Schema

extension CompleteImport: Command {
    public static let permission = Permission.importSheets

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        precondition(asked.isImport, "only an import sends this")
        var event = ImportApplied()
        event.source = source
        event.sha256 = sha256
        event.clients = clients
        event.appointments = appointments
        event.left = left
        event.balances = balances
        return [Draft(event, about: [Subject(.import, asked.next)])]
    }
}
