import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct LinkSocketUserTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func link(_ uid: UInt32, to staff: UInt64, by caller: UInt64) throws -> StoryOutcome {
        try story.when(
            LinkSocketUser.with {
                $0.uid = uid
                $0.staff = staff
            }, by: caller)
    }

    private func comesIn(_ uid: UInt32) -> UInt64? {
        let credentials = Credentials(doorKind: .socket, uid: uid)
        return try? story.access.caller(for: credentials, nowMs: story.nowMs).staff
    }

    @Test func `a link for somebody else is good after they complete it`() throws {
        let outcome = try link(1_501, to: cast.ana, by: cast.manager)
        #expect(try outcome.event(SocketUserLinked.self).awaitsHolder)
        #expect(comesIn(1_501) == nil)
        var holder = story.caller(cast.ana)
        holder.door.uid = 1_501
        #expect(try story.when(CompleteEnrolment(), by: holder).types == [.enrolmentCompleted])
        #expect(comesIn(1_501) == cast.ana)
        #expect(try story.when(CompleteEnrolment(), by: holder).refused == .unchanged)
    }

    @Test func `a link for oneself is good at once, and so is any in a simulated practice`() throws {
        _ = try link(1_502, to: cast.manager, by: cast.manager)
        #expect(comesIn(1_502) == cast.manager)
        let (simulated, cast) = try Story.clinic(isSimulated: true)
        let command = LinkSocketUser.with {
            $0.uid = 1_503
            $0.staff = cast.ana
        }
        #expect(try simulated.when(command, by: cast.owner).event(SocketUserLinked.self).awaitsHolder == false)
    }

    @Test func `an offer leaves the link there is alone, until it is taken up`() throws {
        _ = try link(1_501, to: cast.manager, by: cast.manager)
        _ = try link(1_501, to: cast.ana, by: cast.owner)
        #expect(comesIn(1_501) == cast.manager)
        var holder = story.caller(cast.ana)
        holder.door.uid = 1_501
        #expect(try story.when(CompleteEnrolment(), by: holder).types == [.enrolmentCompleted])
        #expect(comesIn(1_501) == cast.ana)
        // What the state says of it after a start is the same.
        #expect(
            try story.withState { try $0.accessTable() }.caller(
                for: Credentials(doorKind: .socket, uid: 1_501), nowMs: story.nowMs
            ).staff == cast.ana)
    }

    @Test func `a manager neither lets an owner in nor locks one out`() throws {
        #expect(try link(1_501, to: cast.owner, by: cast.manager).refused == Refused("INV-ACC-05", "staff"))
        #expect(try link(0, to: cast.manager, by: cast.manager).refused == Refused("INV-ACC-05", "uid"))
        #expect(comesIn(0) == cast.owner)
    }

    @Test func `the same link twice changes nothing`() throws {
        _ = try link(1_501, to: cast.ana, by: cast.owner)
        #expect(try link(1_501, to: cast.ana, by: cast.owner).refused == .unchanged)
        #expect(try link(0, to: cast.owner, by: cast.owner).refused == .unchanged)
    }

    @Test func `user and person are both needed, and links are for managers to make`() throws {
        #expect(try story.when(LinkSocketUser(), by: cast.owner).refused == .malformed("uid"))
        #expect(try story.when(LinkSocketUser.with { $0.uid = 7 }, by: cast.owner).refused == .malformed("staff"))
        #expect(try link(1_501, to: cast.cleo, by: cast.owner).refused == .notFound("staff"))
        #expect(try link(1_501, to: cast.ana, by: cast.ana).refused == .notPermitted)
        let command = LinkSocketUser.with {
            $0.uid = 7
            $0.staff = cast.ana
        }
        #expect(try story.when(command, by: .system("x")).refused == .notPermitted)
    }

    private func unlink(_ link: UInt64, by caller: UInt64) throws -> StoryOutcome {
        try story.when(UnlinkSocketUser.with { $0.link = link }, by: caller)
    }

    /// Whom a user comes in as, by what the daemon has in memory and by what it would have after a start.
    private func comesInAlike(_ uid: UInt32) throws -> UInt64? {
        let credentials = Credentials(doorKind: .socket, uid: uid)
        let restarted = try story.withState { try $0.accessTable() }
        let after = try? restarted.caller(for: credentials, nowMs: story.nowMs).staff
        #expect(comesIn(uid) == after)
        return after
    }

    @Test func `an ended link lets nobody in, and brings back none that it had replaced`() throws {
        _ = try link(1_501, to: cast.manager, by: cast.manager)
        let offered = try link(1_501, to: cast.ana, by: cast.owner).reply.id
        var holder = story.caller(cast.ana)
        holder.door.uid = 1_501
        _ = try story.when(CompleteEnrolment(), by: holder)
        #expect(try comesInAlike(1_501) == cast.ana)
        let ended = try unlink(offered, by: cast.manager)
        #expect(try ended.event(SocketUserUnlinked.self).uid == 1_501)
        #expect(try comesInAlike(1_501) == nil)
        #expect(try unlink(offered, by: cast.owner).refused == .notFound("link"))
        #expect(try story.when(CompleteEnrolment(), by: holder).refused == .unchanged)
        let again = try link(1_501, to: cast.manager, by: cast.manager)
        #expect(again.types == [.socketUserLinked])
        #expect(try comesInAlike(1_501) == cast.manager)
    }

    @Test func `an offer that is ended cannot be taken up, and leaves the link there is alone`() throws {
        let mine = try link(1_501, to: cast.manager, by: cast.manager).reply.id
        let replaced = try link(1_501, to: cast.ben, by: cast.owner).reply.id
        let offered = try link(1_501, to: cast.ana, by: cast.owner).reply.id
        #expect(try unlink(replaced, by: cast.owner).refused == .notFound("link"))
        #expect(try unlink(offered, by: cast.owner).refusal == nil)
        var holder = story.caller(cast.ana)
        holder.door.uid = 1_501
        #expect(try story.when(CompleteEnrolment(), by: holder).refused == .unchanged)
        #expect(try comesInAlike(1_501) == cast.manager)
        // The link stands while something is offered beside it, and can be ended without the offer.
        _ = try link(1_501, to: cast.ana, by: cast.owner)
        #expect(try unlink(mine, by: cast.owner).refusal == nil)
        #expect(try comesInAlike(1_501) == nil)
        #expect(try story.when(CompleteEnrolment(), by: holder).types == [.enrolmentCompleted])
        #expect(try comesInAlike(1_501) == cast.ana)
    }

    @Test func `nobody ends what goes beyond their own, or the link by which they came`() throws {
        // The practice, its owner, the role, and the link of whoever began it.
        let first: UInt64 = 3
        #expect(try unlink(first, by: cast.manager).refused == Refused("INV-ACC-05", "link"))
        var owner = story.caller(cast.owner)
        owner.door.uid = 0
        let command = UnlinkSocketUser.with { $0.link = first }
        #expect(try story.when(command, by: owner).refused == Refused("own-door", "link"))
        #expect(comesIn(0) == cast.owner)
        #expect(try story.when(UnlinkSocketUser(), by: cast.owner).refused == .malformed("link"))
        #expect(try unlink(9_999, by: cast.owner).refused == .notFound("link"))
        #expect(try unlink(first, by: cast.ana).refused == .notPermitted)
        #expect(try story.when(command, by: .system("x")).refused == .notPermitted)
        owner.door.token = 1
        #expect(try story.when(command, by: owner).types == [.socketUserUnlinked])
        #expect(try comesInAlike(0) == nil)
    }
}
