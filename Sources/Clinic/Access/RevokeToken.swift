import Schema

extension RevokeToken: Command {
    public static let permission = Permission.revokeTokens

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasToken ? token : nil, "token", "the token's id")
        let caller = try asked.requireStaff()
        guard let token = try state.token(id) else { throw Refusal.missing("token", id, field: "token") }
        guard token.staff == caller || asked.caller.roles.contains(.owner) else {
            throw Refusal.forbidden("Only its holder or an owner may revoke a token.").with { $0.field = "token" }
        }
        guard !token.revoked else { throw Refusal.unchanged("This token is revoked already.") }
        var event = TokenRevoked()
        event.token = id
        return [Draft(event, about: [Subject(.staff, token.staff), Subject(.token, id)])]
    }
}
