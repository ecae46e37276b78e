import Schema

extension RevokeToken: Command {
    public static let permission = Permission.revokeTokens

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasToken ? token : nil, "token", "the token's id")
        guard let found = try state.token(id) else { throw Refusal.missing("token", id, field: "token") }
        guard found.staff == asked.caller.staff || asked.caller.roles.contains(.owner) else {
            throw Refusal.forbidden("You may revoke your own tokens; an owner may revoke any.")
        }
        guard !found.revoked else { throw Refusal.unchanged("This token is revoked already.") }
        var event = TokenRevoked()
        event.token = id
        return [Draft(event, about: [Subject(.token, id), Subject(.staff, found.staff)])]
    }
}
