import LMDBKit
import Schema
import Timetable

extension AssignCareTeamMember: Command {
    public static let permission = Permission.assignCareTeam

    public func target(in state: borrowing ClinicState) throws -> Target { Target(client: hasClient ? client : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let client = try Fields.required(hasClient ? self.client : nil, "client", "the client's id")
        let staff = try Fields.required(hasStaff ? self.staff : nil, "staff", "the id of a member of staff")
        let role = try Fields.required(hasRole ? self.role : nil, "role", "a role, as primary")
        guard role != .unspecified else { throw Refusal.field("role", "`role` must be primary, secondary, …") }
        let before = try state.client(client)
        try CareTeam.requireClinician(try state.staff(staff), "staff")
        let team = try state.team(of: client)
        try checkCaller(asked, before, team, staff: staff, role: role)

        var event = CareTeamMemberAssigned()
        event.client = client
        event.staff = staff
        event.role = role
        let zone = try Fields.zone(practice.zone, "zone")
        event.fromAt = hasFrom ? zone.startOfDayMs(try Fields.date(from, "from")) : asked.nowMs
        if hasUntil {
            event.untilAt = zone.startOfDayMs(try Fields.date(until, "until"))
            guard event.fromAt < event.untilAt else { throw Refusal.field("until", "`until` must be after `from`.") }
        }
        try requireNoOverlap(event, team)
        if role == .primary, before.hasPrimary { event.replaces = before.primary }
        return [Draft(event, about: [Subject(.client, client), Subject(.staff, staff)])]
    }

    /// INV-ACC-05: nobody lets themselves in; the front desk only names the first primary therapist.
    private func checkCaller(
        _ asked: Asked, _ client: ClientState, _ team: [CareTeamMember], staff: UInt64, role: CareTeamRole.Value
    ) throws(Refusal) {
        if asked.role == .frontDesk, role != .primary || client.hasPrimary {
            throw Refusal.forbidden("The front desk names the primary therapist at intake, and nobody else.")
        }
        if staff == asked.caller.staff, !team.contains(where: { $0.staff == staff }) {
            throw Refusal.rule(
                "INV-ACC-05", "Nobody lets themselves in", "Ask the practice manager or the client's therapist.")
        }
    }

    /// INV-TEAM-01: one interval for each of (client, staff, role).
    private func requireNoOverlap(_ event: CareTeamMemberAssigned, _ team: [CareTeamMember]) throws(Refusal) {
        let untilAt = event.hasUntilAt ? event.untilAt : .max
        let overlaps = team.contains { member in
            member.staff == event.staff && member.role == event.role
                && member.fromAt < untilAt && event.fromAt < (member.hasUntilAt ? member.untilAt : .max)
        }
        guard !overlaps else {
            throw Refusal.rule("INV-TEAM-01", "On the team already", "They have this role for this client already.")
        }
    }
}

extension ClinicState {
    borrowing func team(of client: UInt64) throws -> [CareTeamMember] {
        try tables.teams.get(client, in: transaction)?.members ?? []
    }
}
