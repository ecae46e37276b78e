import Schema

extension RevokeToken: Command {
    public static let permission = Permission.revokeTokens

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasToken ? token : nil, "token", "the token's id")
        let caller = try asked.requireStaff()
        let found = try state.token(id)
        // Whether there is such a token is no affair of those who may not touch it.
        if found?.staff != caller { try GrantRule.requireManager(asked, field: "token") }
        guard let token = found else { throw Refusal.missing("token", id, field: "token") }
        if token.staff != caller { try GrantRule.requireNotBeyond(try state.staff(token.staff), asked, field: "token") }
        guard !token.revoked else { throw Refusal.unchanged("This token is revoked already.") }
        var event = TokenRevoked()
        event.token = id
        return [Draft(event, about: [Subject(.staff, token.staff), Subject(.token, id)])]
    }
}
