import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct StoryTests {
    @Test func `a story begins with its cast`() throws {
        let (story, cast) = try Story.clinic()
        #expect(story.caller(cast.owner).roles == [.owner])
        #expect(story.caller(cast.ana).roles == [.therapist])
        #expect(story.next == UInt64(story.log.count))
        #expect(try story.withState { try $0.position() } == story.next)
        #expect(story.access.isOnCareTeam(cast.ana, of: cast.cleo, atMs: story.nowMs))
    }

    @Test func `a practice is begun once`() throws {
        let (story, cast) = try Story.clinic()
        let again = try story.when(InitialisePractice.with { $0.name = "Another" }, by: cast.owner)
        #expect(again.refused == .notPermitted)
    }
}
