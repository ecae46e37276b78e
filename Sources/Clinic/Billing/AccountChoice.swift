import Schema

extension ClinicState {
    /// Whose money a command is about: the client's own, or a payer's for them.
    borrowing func account(client: UInt64?, payer: UInt64?) throws -> Account {
        let client = try Fields.required(client, "client", "the client's id")
        _ = try self.client(client)
        var account = Account()
        account.client = client
        if let payer {
            _ = try self.payer(payer)
            account.payer = payer
        }
        return account
    }
}

extension Account {
    /// Whom an event about this account is about, beside the thing itself.
    func subjects(_ kind: Subject.Kind, _ id: UInt64) -> [Subject] {
        [Subject(kind, id), Subject(.client, client)] + (hasPayer ? [Subject(.payer, payer)] : [])
    }
}
