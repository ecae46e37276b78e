import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AssignCareTeamMemberTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func assign(
        _ staff: UInt64, _ role: CareTeamRole.Value, from: String? = nil, until: String? = nil,
        to client: UInt64? = nil,
        by caller: UInt64? = nil
    ) throws -> StoryOutcome {
        try story.when(
            AssignCareTeamMember.with {
                $0.client = client ?? cast.cleo
                $0.staff = staff
                $0.role = role
                if let from { $0.from = from }
                if let until { $0.until = until }
            }, by: caller ?? cast.manager)
    }

    private func isIn(_ staff: UInt64, at local: String) throws -> Bool {
        story.access.isOnCareTeam(staff, of: cast.cleo, atMs: try story.instantMs(local))
    }

    @Test func `of primary therapists there is one, the last assigned`() throws {
        let event = try assign(cast.ben, .primary).event(CareTeamMemberAssigned.self)
        #expect(event.replaces == cast.ana)
        #expect(try isIn(cast.ben, at: "2026-01-05T10:00"))
        #expect(try !isIn(cast.ana, at: "2026-01-05T10:00"))
    }

    @Test func `local dates are midnights at the practice, the last excluded`() throws {
        _ = try assign(cast.ben, .covering, from: "2026-02-01", until: "2026-02-08")
        #expect(try !isIn(cast.ben, at: "2026-01-31T23:59"))
        #expect(try isIn(cast.ben, at: "2026-02-01T00:00"))
        #expect(try isIn(cast.ben, at: "2026-02-07T23:59"))
        #expect(try !isIn(cast.ben, at: "2026-02-08T00:00"))
    }

    @Test func `what is to begin is not in effect yet`() throws {
        let outcome = try assign(cast.ben, .covering, from: "2026-02-01")
        #expect(outcome.recorded[0].header.effectiveAt == story.nowMs)
        let past = try assign(cast.supervisor, .supervisor, from: "2025-12-01")
        #expect(past.recorded[0].header.effectiveAt == (try story.instantMs("2025-12-01T00:00")))
    }

    @Test func `nobody has one role twice at once`() throws {
        #expect(try assign(cast.ana, .primary).refused == Refused("INV-TEAM-01", "staff"))
        _ = try assign(cast.ben, .covering, from: "2026-02-01", until: "2026-02-08")
        #expect(
            try assign(cast.ben, .covering, from: "2026-02-07").refused == Refused("INV-TEAM-01", "staff"))
        #expect(try assign(cast.ben, .covering, from: "2026-02-08").refusal == nil)
        #expect(try assign(cast.ben, .covering, from: "2026-01-10", until: "2026-02-01").refusal == nil)
        #expect(try assign(cast.ben, .secondary, from: "2026-02-01").refusal == nil)
    }

    @Test func `only who holds a clinical role cares for a client`() throws {
        #expect(try assign(cast.desk, .secondary).refused == Refused("not-clinical", "staff"))
        #expect(try assign(cast.trainee, .trainee).refusal == nil)
    }

    @Test func `the desk names the first primary therapist and no more`() throws {
        #expect(try assign(cast.ben, .primary, by: cast.desk).refused == Refused("not-permitted", "role"))
        let new = try story.given(
            RegisterClient.with {
                $0.givenName = "Nina"
                $0.familyName = "Novak"
                $0.dateOfBirthUnknown = true
            }, by: cast.desk)
        #expect(try assign(cast.ben, .covering, to: new, by: cast.desk).refused == Refused("not-permitted", "role"))
        #expect(try assign(cast.ben, .primary, to: new, by: cast.desk).refusal == nil)
    }

    @Test func `nobody lets themselves in`() throws {
        #expect(try assign(cast.ben, .secondary, by: cast.ben).refused == .notPermitted)
        try story.given(
            AssignRole.with {
                $0.staff = cast.manager
                $0.role = .therapist
            }, by: cast.owner)
        #expect(try assign(cast.manager, .covering).refused == Refused("INV-ACC-05", "staff"))
        // Nor does one who is on it already give themselves more.
        #expect(try assign(cast.ana, .secondary, by: cast.ana).refused == Refused("INV-ACC-05", "staff"))
        #expect(try assign(cast.ben, .covering, by: cast.ana).refusal == nil)
    }

    @Test func `nobody gives a place that lasts longer than their own`() throws {
        _ = try assign(cast.ben, .covering, until: "2026-02-08")
        let supervisor = cast.supervisor
        #expect(try assign(supervisor, .supervisor, by: cast.ben).refused == Refused("INV-ACC-05", "until"))
        let longer = try assign(supervisor, .supervisor, until: "2026-02-09", by: cast.ben)
        #expect(longer.refused == Refused("INV-ACC-05", "until"))
        #expect(try assign(supervisor, .supervisor, until: "2026-02-08", by: cast.ben).refusal == nil)
        #expect(try assign(cast.trainee, .trainee, until: "2026-03-01", by: cast.ana).refusal == nil)
    }

    @Test func `owners see no clinical text, and so put nobody on a team`() throws {
        #expect(try assign(cast.ben, .covering, by: cast.owner).refused == .notPermitted)
    }

    @Test func `every field is checked`() throws {
        #expect(try assign(cast.ben, .unspecified).refused == .malformed("role"))
        #expect(try assign(cast.cleo, .covering).refused == .notFound("staff"))
        #expect(try assign(cast.ben, .covering, to: cast.ana).refused == .notFound("client"))
        #expect(try assign(cast.ben, .covering, from: "soon").refused == .malformed("from"))
        #expect(try assign(cast.ben, .covering, until: "2026-02-30").refused == .malformed("until"))
        #expect(try assign(cast.ben, .covering, from: "2026-02-01", until: "2026-02-01").refused == .malformed("until"))
        #expect(try story.when(AssignCareTeamMember(), by: cast.manager).refused == .malformed("client"))
        let nobody = AssignCareTeamMember.with { $0.client = cast.cleo }
        #expect(try story.when(nobody, by: cast.manager).refused == .malformed("staff"))
    }
}
