import Clinic
import Foundation
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct TokenTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func hash(_ byte: UInt8) -> Data { Data(repeating: byte, count: 32) }

    private func issue(_ byte: UInt8, for staff: UInt64? = nil, by caller: UInt64, days: UInt32? = nil) throws
        -> StoryOutcome
    {
        try story.when(
            IssueToken.with {
                $0.sha256 = hash(byte)
                $0.label = "laptop"
                if let staff { $0.staff = staff }
                if let days { $0.days = days }
            }, by: caller)
    }

    private func revoke(_ token: UInt64, by caller: UInt64) throws -> StoryOutcome {
        try story.when(RevokeToken.with { $0.token = token }, by: caller)
    }

    @Test func `a token for oneself is good at once, for 90 days unless told otherwise`() throws {
        let event = try issue(1, by: cast.ana).event(TokenIssued.self)
        #expect(event.staff == cast.ana)
        #expect(!event.awaitsHolder)
        #expect(event.expiresAt == story.nowMs + 90 * 86_400_000)
        #expect(
            try issue(2, by: cast.ana, days: 730).event(TokenIssued.self).expiresAt == story.nowMs + 730 * 86_400_000)
    }

    @Test func `a token for somebody else is an enrolment, which its holder exchanges`() throws {
        let issued = try issue(1, for: cast.ana, by: cast.manager)
        #expect(try issued.event(TokenIssued.self).awaitsHolder)
        var credentials = Credentials(doorKind: .socket, uid: nil, tokenSHA256: [UInt8](hash(1)))
        #expect(throws: Refusal.self) { try story.access.caller(for: credentials, nowMs: story.nowMs) }
        let holder = story.caller(cast.ana, token: issued.reply.id)
        let reused = try story.when(CompleteEnrolment.with { $0.sha256 = hash(1) }, by: holder)
        #expect(reused.refused == .malformed("sha256"))
        let completed = try story.when(CompleteEnrolment.with { $0.sha256 = hash(2) }, by: holder)
        #expect(completed.types == [.enrolmentCompleted])
        credentials.tokenSHA256 = [UInt8](hash(2))
        #expect(try story.access.caller(for: credentials, nowMs: story.nowMs).staff == cast.ana)
        let again = try story.when(CompleteEnrolment.with { $0.sha256 = hash(3) }, by: holder)
        #expect(again.refused == .unchanged)
    }

    @Test func `whether a token of somebody else is there is told to nobody who may not touch it`() throws {
        let anas = try issue(1, by: cast.ana).reply.id
        let refused = try revoke(anas, by: cast.ben).refused
        #expect(refused == Refused("not-permitted", "token"))
        #expect(try revoke(9_999, by: cast.ben).refused == refused)
        #expect(try revoke(9_999, by: cast.manager).refused == .notFound("token"))
    }

    @Test func `nobody offers access beyond their own`() throws {
        #expect(try issue(1, for: cast.owner, by: cast.manager).refused == Refused("INV-ACC-05", "staff"))
        #expect(try issue(1, for: cast.ana, by: cast.ben).refused == Refused("not-permitted", "staff"))
        #expect(try issue(1, for: cast.manager, by: cast.owner).refusal == nil)
    }

    @Test func `in a simulated practice the cast's tokens are good at once`() throws {
        let (story, cast) = try Story.clinic(isSimulated: true)
        let issued = try story.when(
            IssueToken.with {
                $0.staff = cast.ana
                $0.sha256 = hash(1)
            }, by: cast.owner)
        #expect(try issued.event(TokenIssued.self).awaitsHolder == false)
    }

    @Test func `a hash has 32 bytes and was never seen, and a token lasts 1 to 730 days`() throws {
        _ = try issue(1, by: cast.ana)
        #expect(try issue(1, by: cast.ben).refused == .malformed("sha256"))
        let short = IssueToken.with { $0.sha256 = Data(repeating: 1, count: 31) }
        #expect(try story.when(short, by: cast.ana).refused == .malformed("sha256"))
        #expect(try story.when(IssueToken(), by: cast.ana).refused == .malformed("sha256"))
        #expect(try issue(2, by: cast.ana, days: 0).refused == .malformed("days"))
        #expect(try issue(2, by: cast.ana, days: 731).refused == .malformed("days"))
        #expect(try issue(2, for: cast.cleo, by: cast.owner).refused == .notFound("staff"))
        let labelled = IssueToken.with {
            $0.sha256 = hash(3)
            $0.label = String(repeating: "l", count: 101)
        }
        #expect(try story.when(labelled, by: cast.ana).refused == .malformed("label"))
        #expect(try story.when(labelled, by: .system("reminders")).refused == .notPermitted)
    }

    @Test func `a token is revoked by its holder or a manager, once, and is dead at once`() throws {
        let token = try issue(1, by: cast.ana).reply.id
        let credentials = Credentials(doorKind: .socket, uid: nil, tokenSHA256: [UInt8](hash(1)))
        #expect(try story.access.caller(for: credentials, nowMs: story.nowMs).staff == cast.ana)
        #expect(try revoke(token, by: cast.ben).refused == Refused("not-permitted", "token"))
        #expect(try revoke(token, by: cast.ana).types == [.tokenRevoked])
        #expect(throws: Refusal.self) { try story.access.caller(for: credentials, nowMs: story.nowMs) }
        #expect(try revoke(token, by: cast.owner).refused == .unchanged)
        let other = try issue(2, by: cast.ben).reply.id
        #expect(try revoke(other, by: cast.owner).refusal == nil)
        #expect(try revoke(cast.ana, by: cast.owner).refused == .notFound("token"))
        #expect(try story.when(RevokeToken(), by: cast.owner).refused == .malformed("token"))
        #expect(try story.when(RevokeToken.with { $0.token = token }, by: .system("x")).refused == .notPermitted)
    }

    @Test func `a manager revokes whom they could give access to, and nobody who may do more`() throws {
        let lost = try issue(1, by: cast.ana).reply.id
        #expect(try revoke(lost, by: cast.manager).types == [.tokenRevoked])
        for (byte, staff) in [(2 as UInt8, cast.owner), (3, cast.auditor)] {
            let token = try issue(byte, by: staff).reply.id
            #expect(try revoke(token, by: cast.manager).refused == Refused("INV-ACC-05", "token"))
            #expect(try revoke(token, by: staff).refusal == nil)
        }
        #expect(try issue(4, for: cast.auditor, by: cast.manager).refused == Refused("INV-ACC-05", "staff"))
    }
}
