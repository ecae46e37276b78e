import HashTreeCollections
import Schema

/// How far an enrolment must be for somebody to be let in.
public enum EnrolmentStep: Sendable {
    /// What most things need.
    case complete
    /// To ask who one is, and what was offered to one.
    case anyhow
    /// To take up what was offered, in whose name one then acts.
    case takingUp
}

extension AccessTable {
    /// Whoever shows these credentials: a token outranks the user id, and both are recorded.
    public func caller(
        for credentials: Credentials, _ enrolment: EnrolmentStep = .complete, nowMs: Int64
    ) throws(Refusal) -> Caller {
        var door = Door()
        door.kind = credentials.doorKind
        if let uid = credentials.uid { door.uid = uid }
        if let hash = credentials.tokenSHA256 {
            guard let token = tokens[hash], nowMs < token.expiresAtMs else {
                throw .unknownCaller("This token is unknown, revoked or expired. Ask an owner for a new one.")
            }
            door.token = token.id
            return try caller(token, through: door, enrolment, nowMs: nowMs)
        }
        guard let uid = credentials.uid, let link = link(of: uid, enrolment) else {
            throw .unknownCaller(
                "Your user is not linked to a member of staff. An owner can link it, or give you an enrolment token.")
        }
        return try caller(link, through: door, enrolment, nowMs: nowMs)
    }

    private func link(of uid: UInt32, _ enrolment: EnrolmentStep) -> Entry? {
        enrolment == .takingUp ? offers[uid] ?? links[uid] : links[uid] ?? offers[uid]
    }

    private func caller(
        _ entry: Entry, through door: Door, _ enrolment: EnrolmentStep, nowMs: Int64
    ) throws(Refusal) -> Caller {
        guard enrolment != .complete || !entry.awaitsHolder else {
            throw .unknownCaller("Your enrolment is not complete. Take it up first: daybook enrol")
        }
        return Caller(kind: .staff, staff: entry.staff, roles: roles(of: entry.staff, atMs: nowMs), door: door)
    }

    /// The first of the caller's roles that permits, or nil.
    public func role(
        permitting permission: Permission, to caller: Caller, about target: Target, nowMs: Int64
    ) -> Role.Value? {
        let cells = PermissionTable.cells(permission)
        return caller.roles.first { role in
            (cells[role] ?? []).contains { relation in
                switch relation {
                case .any: true
                case .own: target.staff == caller.staff
                case .careTeam:
                    target.client.map { isOnCareTeam(caller.staff, of: $0, atMs: nowMs) } ?? false
                }
            }
        }
    }

    /// As `role(permitting:)`, with a sentence for whoever may not.
    public func requireRole(
        permitting permission: Permission, to caller: Caller, about target: Target, nowMs: Int64
    ) throws(Refusal) -> Role.Value {
        if let role = role(permitting: permission, to: caller, about: target, nowMs: nowMs) { return role }
        throw .forbidden("Your roles do not permit you to \(permission.rawValue) here.")
    }
}

extension AccessTable {
    /// Whoever shows these credentials as far as is known, for the record of a denial.
    public func anyone(showing credentials: Credentials, nowMs: Int64) -> Caller {
        if let caller = try? caller(for: credentials, .anyhow, nowMs: nowMs) { return caller }
        var door = Door()
        door.kind = credentials.doorKind
        if let uid = credentials.uid { door.uid = uid }
        return Caller(kind: .staff, staff: 0, roles: [], door: door)
    }
}
