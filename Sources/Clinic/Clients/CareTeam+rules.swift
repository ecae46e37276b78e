import LMDBKit
import Schema

extension CareTeam {
    /// Only who holds a clinical role can care for a client.
    static func requireClinical(_ member: StaffState, atMs instantMs: Int64, field: String) throws(Refusal) {
        guard member.roles(atMs: instantMs).contains(where: { [.therapist, .supervisor, .trainee].contains($0) }) else {
            throw Refusal(
                .problem("not-clinical"), status: 409, title: "Not a therapist",
                detail: "Only a therapist, a supervisor or a trainee can care for a client."
            )
            .with { $0.field = field }
        }
    }

    /// INV-TEAM-01. `untilMs` is excluded; nil means open.
    static func requireNoOverlap(
        _ members: [CareTeamMember], staff: UInt64, role: CareTeamRole.Value, fromMs: Int64, untilMs: Int64?
    ) throws(Refusal) {
        for member in members where member.staff == staff && member.role == role {
            let ends = member.hasUntilAt ? member.untilAt : Int64.max
            guard fromMs >= ends || (untilMs ?? .max) <= member.fromAt else {
                throw Refusal.rule(
                    "INV-TEAM-01", "Already on the team", "They have this role for the client in this time already."
                )
                .with { $0.field = "staff" }
            }
        }
    }

    /// Whoever is the primary therapist at an instant or after it.
    static func primary(_ members: [CareTeamMember], fromMs: Int64) -> UInt64? {
        members.filter { $0.role == .primary && (!$0.hasUntilAt || fromMs < $0.untilAt) }
            .min { $0.fromAt < $1.fromAt }?.staff
    }

    /// When a place on the team that holds at an instant ends, of several the last; nil when one has no end, or when
    /// there is none.
    static func endMs(of staff: UInt64, _ members: [CareTeamMember], atMs instantMs: Int64) -> Int64? {
        let places = members.filter { isMember($0.staff, [$0], atMs: instantMs) && $0.staff == staff }
        guard places.allSatisfy(\.hasUntilAt) else { return nil }
        return places.map(\.untilAt).max()
    }

    static func isMember(_ staff: UInt64, _ members: [CareTeamMember], atMs instantMs: Int64) -> Bool {
        members.contains {
            $0.staff == staff && $0.fromAt <= instantMs && (!$0.hasUntilAt || instantMs < $0.untilAt)
        }
    }
}

extension ClinicState {
    /// Everybody who was, is or will be on a client's care team.
    borrowing func careTeam(of client: UInt64) throws -> [CareTeamMember] {
        try tables.teams.get(client, in: transaction)?.members ?? []
    }
}
