import Clinic
import Foundation
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct RoleTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func assign(
        _ role: Role.Value, to staff: UInt64, until: String? = nil, by caller: UInt64
    ) throws -> StoryOutcome {
        try story.when(
            AssignRole.with {
                $0.staff = staff
                $0.role = role
                if let until { $0.until = until }
            }, by: caller)
    }

    private func revoke(_ role: Role.Value, from staff: UInt64, by caller: UInt64) throws -> StoryOutcome {
        try story.when(
            RevokeRole.with {
                $0.staff = staff
                $0.role = role
            }, by: caller)
    }

    @Test func `a role counts from the event that gives it until the one that takes it`() throws {
        #expect(try assign(.biller, to: cast.desk, by: cast.manager).types == [.roleAssigned])
        #expect(story.caller(cast.desk).roles == [.frontDesk, .biller])
        #expect(try revoke(.biller, from: cast.desk, by: cast.manager).types == [.roleRevoked])
        #expect(story.caller(cast.desk).roles == [.frontDesk])
    }

    @Test func `a manager neither makes nor unmakes an owner`() throws {
        #expect(try assign(.owner, to: cast.desk, by: cast.manager).refused == Refused("INV-ACC-05", "role"))
        #expect(try revoke(.owner, from: cast.owner, by: cast.manager).refused == Refused("INV-ACC-05", "role"))
    }

    @Test func `nobody but an owner gives themselves a role`() throws {
        #expect(try assign(.therapist, to: cast.manager, by: cast.manager).refused == Refused("INV-ACC-05", "staff"))
        #expect(try assign(.therapist, to: cast.owner, by: cast.owner).refusal == nil)
    }

    @Test func `there is always an owner`() throws {
        #expect(try revoke(.owner, from: cast.owner, by: cast.owner).refused == Refused("INV-STAFF-05", "staff"))
        try story.given(
            AssignRole.with {
                $0.staff = cast.manager
                $0.role = .owner
            }, by: cast.owner)
        #expect(try revoke(.owner, from: cast.owner, by: cast.owner).refusal == nil)
        #expect(try revoke(.owner, from: cast.manager, by: cast.manager).refused == Refused("INV-STAFF-05", "staff"))
    }

    @Test func `a role that is there is not given again, one that is not cannot be taken`() throws {
        #expect(try assign(.therapist, to: cast.ana, by: cast.manager).refused == .unchanged)
        #expect(try revoke(.biller, from: cast.ana, by: cast.manager).refused == .unchanged)
    }

    @Test func `who and which role must be said, and exist`() throws {
        #expect(try story.when(AssignRole(), by: cast.owner).refused == .malformed("staff"))
        #expect(try assign(.unspecified, to: cast.ana, by: cast.owner).refused == .malformed("role"))
        #expect(try assign(.biller, to: cast.cleo, by: cast.owner).refused == .notFound("staff"))
        #expect(try story.when(RevokeRole(), by: cast.owner).refused == .malformed("staff"))
        #expect(try revoke(.unspecified, from: cast.ana, by: cast.owner).refused == .malformed("role"))
        #expect(try revoke(.biller, from: 9_999, by: cast.owner).refused == .notFound("staff"))
    }

    @Test func `a therapist gives no roles`() throws {
        #expect(try assign(.supervisor, to: cast.ben, by: cast.ana).refused == .notPermitted)
        #expect(try revoke(.therapist, from: cast.ben, by: cast.ana).refused == .notPermitted)
    }

    @Test func `an auditor's role has an end within a year, needs no event to be over, and can be put off`() throws {
        let unsaid = try assign(.auditor, to: cast.ben, by: cast.owner)
        #expect(unsaid.refused == Refused("INV-ACC-08", "until"))
        #expect(
            try assign(.auditor, to: cast.ben, until: "2027-01-07", by: cast.owner).refused
                == Refused("INV-ACC-08", "until"))
        for past in ["2026-01-05", "2020-01-01", "soon", "2026-02-30"] {
            #expect(try assign(.auditor, to: cast.ben, until: past, by: cast.owner).refused == .malformed("until"))
        }
        let outcome = try assign(.auditor, to: cast.ben, until: "2026-02-01", by: cast.owner)
        #expect(try outcome.event(RoleAssigned.self).untilAt == story.instantMs("2026-02-01T00:00"))
        #expect(try assign(.auditor, to: cast.ben, until: "2026-02-01", by: cast.owner).refused == .unchanged)
        try story.goTo("2026-01-31T23:59")
        #expect(story.caller(cast.ben).roles == [.therapist, .auditor])
        try story.goTo("2026-02-01T00:00")
        #expect(story.caller(cast.ben).roles == [.therapist])
        // Nor does a role that is over count as held by whoever is to get access, or a client.
        let token = IssueToken.with {
            $0.staff = cast.ben
            $0.sha256 = Data(repeating: 9, count: 32)
        }
        #expect(try story.when(token, by: cast.manager).refusal == nil)
        #expect(try assign(.auditor, to: cast.ben, until: "2026-03-01", by: cast.owner).refusal == nil)
        #expect(story.caller(cast.ben).roles == [.therapist, .auditor])
        // What the state says of it after a start is the same.
        let restarted = try story.withState { try $0.accessTable() }
        #expect(try restarted.roles(of: cast.ben, atMs: story.instantMs("2026-02-28T23:59")) == [.therapist, .auditor])
        #expect(try restarted.roles(of: cast.ben, atMs: story.instantMs("2026-03-01T00:00")) == [.therapist])
        #expect(try revoke(.auditor, from: cast.ben, by: cast.owner).refusal == nil)
        #expect(story.caller(cast.ben).roles == [.therapist])
    }

    @Test func `any role but an owner's may have an end, which a manager sets too`() throws {
        #expect(try assign(.biller, to: cast.desk, until: "2026-02-01", by: cast.manager).refusal == nil)
        #expect(story.caller(cast.desk).roles == [.frontDesk, .biller])
        #expect(try assign(.biller, to: cast.desk, by: cast.manager).refusal == nil)
        try story.goTo("2028-02-01T00:00")
        #expect(story.caller(cast.desk).roles == [.frontDesk, .biller])
        #expect(
            try assign(.owner, to: cast.desk, until: "2028-03-01", by: cast.owner).refused == .malformed("until"))
    }

    @Test func `whoever's clinical role is over gets no place on a care team`() throws {
        let lou = try story.staff("Lou Former", .frontDesk)
        #expect(try assign(.therapist, to: lou, until: "2026-02-01", by: cast.manager).refusal == nil)
        func join() throws -> Refused? {
            try story.when(
                AssignCareTeamMember.with {
                    $0.client = cast.cleo
                    $0.staff = lou
                    $0.role = .secondary
                }, by: cast.manager
            ).refused
        }
        try story.goTo("2026-02-01T00:00")
        #expect(try join() == Refused("not-clinical", "staff"))
        #expect(try assign(.therapist, to: lou, by: cast.manager).refusal == nil)
        #expect(try join() == nil)
    }

    @Test func `who may read all that was done is made and unmade by an owner, and never by the way`() throws {
        #expect(
            try assign(.auditor, to: cast.desk, until: "2026-02-01", by: cast.manager).refused
                == Refused("INV-ACC-05", "role"))
        #expect(try revoke(.auditor, from: cast.auditor, by: cast.manager).refused == Refused("INV-ACC-05", "role"))
        let command = AddStaff.with {
            $0.name = "New"
            $0.email = "new@riverbank.example"
            $0.roles = [.biller, .auditor]
        }
        #expect(try story.when(command, by: cast.owner).refused == Refused("INV-ACC-08", "roles[1]"))
    }
}
