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
}
