import Schema
import Timetable

extension AssignCareTeamMember: Command {
    public static let permission = Permission.assignCareTeam

    public func target(in state: borrowing ClinicState) throws -> Target {
        Target(client: hasClient ? client : nil, staff: hasStaff ? staff : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let client = try Fields.required(hasClient ? self.client : nil, "client", "the client's id")
        let staff = try Fields.required(hasStaff ? self.staff : nil, "staff", "the id of the member of staff")
        _ = try state.client(client)
        try CareTeam.requireClinical(try state.staff(staff), atMs: asked.nowMs, field: "staff")
        let role = try checkedRole()
        let (fromMs, untilMs) = try interval(state, asked)
        let members = try state.careTeam(of: client)
        let earlier = role == .primary ? CareTeam.primary(members, fromMs: fromMs) : nil
        try requireMay(asked, staff: staff, members, hasPrimary: CareTeam.primary(members, fromMs: fromMs) != nil)
        try requireNotBeyond(asked, members, untilMs: untilMs)
        try CareTeam.requireNoOverlap(members, staff: staff, role: role, fromMs: fromMs, untilMs: untilMs)
        var event = CareTeamMemberAssigned()
        event.client = client
        event.staff = staff
        event.role = role
        event.fromAt = fromMs
        if let untilMs { event.untilAt = untilMs }
        // INV-TEAM-02: there is one, so the other ends where this one begins.
        if let earlier { event.replaces = earlier }
        return [
            Draft(
                event, about: [Subject(.client, client), Subject(.staff, staff)],
                effectiveAtMs: min(fromMs, asked.nowMs))
        ]
    }

    private func checkedRole() throws(Refusal) -> CareTeamRole.Value {
        switch role {
        case .primary, .secondary, .supervisor, .trainee, .covering: return role
        case .unspecified, .UNRECOGNIZED:
            throw .field("role", "`role` must be primary, secondary, supervisor, trainee or covering.")
        }
    }

    private func interval(_ state: borrowing ClinicState, _ asked: Asked) throws -> (fromMs: Int64, untilMs: Int64?) {
        let zone = try state.practiceZone()
        let fromMs = hasFrom ? zone.startOfDayMs(try Fields.date(from, "from")) : asked.nowMs
        guard hasUntil else { return (fromMs, nil) }
        let untilMs = zone.startOfDayMs(try Fields.date(until, "until"))
        guard fromMs < untilMs else {
            throw Refusal.field("until", "`until` must be after the day on which it begins.")
        }
        return (fromMs, untilMs)
    }

    /// The desk names the first primary therapist at intake and no more; nobody lets themselves in (INV-ACC-05).
    private func requireMay(
        _ asked: Asked, staff: UInt64, _ members: [CareTeamMember], hasPrimary: Bool
    ) throws(Refusal) {
        if asked.role == .frontDesk {
            guard role == .primary, !hasPrimary else {
                throw Refusal.forbidden(
                    "The front desk names the first primary therapist. The practice manager or the therapist does the rest."
                )
                .with { $0.field = "role" }
            }
        }
        guard asked.caller.kind != .staff || asked.caller.staff != staff else {
            throw Refusal.rule(
                "INV-ACC-05", "Not to oneself",
                "Nobody gives themselves a place on a care team. Ask the practice manager or somebody who is on it."
            )
            .with { $0.field = "staff" }
        }
    }

    /// INV-ACC-05: whoever gives because they are on the team gives nothing that lasts longer than their own place.
    private func requireNotBeyond(_ asked: Asked, _ members: [CareTeamMember], untilMs: Int64?) throws(Refusal) {
        guard asked.caller.kind == .staff, asked.role == .therapist || asked.role == .supervisor,
            let endMs = CareTeam.endMs(of: asked.caller.staff, members, atMs: asked.nowMs), (untilMs ?? .max) > endMs
        else { return }
        throw Refusal.rule(
            "INV-ACC-05", "Longer than your own place",
            "Your place on this care team ends before that. Name an earlier day in `until`, or ask the practice manager."
        )
        .with { $0.field = "until" }
    }
}
