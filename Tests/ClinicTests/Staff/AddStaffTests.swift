import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct AddStaffTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func add(_ change: (inout AddStaff) -> Void = { _ in }, by staff: UInt64) throws -> StoryOutcome {
        var command = AddStaff.with {
            $0.name = "Nora Nettle"
            $0.email = "nora@riverbank.example"
        }
        change(&command)
        return try story.when(command, by: staff)
    }

    @Test func `somebody joins with roles, each an event of its own`() throws {
        let outcome = try add({ $0.roles = [.therapist, .supervisor] }, by: cast.manager)
        #expect(outcome.types == [.staffAdded, .roleAssigned, .roleAssigned])
        let id = outcome.reply.id
        #expect(id == outcome.recorded[0].position)
        #expect(story.caller(id).roles == [.therapist, .supervisor])
    }

    @Test func `a sign-in address belongs to one person, whatever its case`() throws {
        _ = try add(by: cast.manager)
        #expect(
            try add({ $0.email = "NORA@riverbank.EXAMPLE" }, by: cast.manager).refused
                == Refused("INV-STAFF-01", "email"))
    }

    @Test(arguments: ["", "nora", "@riverbank.example", "nora@", "a@b@c", "no ra@b.example", "nora@b.example\n"])
    func `an address has one @ with something around it`(email: String) throws {
        #expect(try add({ $0.email = email }, by: cast.manager).refused == .malformed("email"))
    }

    @Test func `a name is one line of at most 100 characters`() throws {
        #expect(try add({ $0.name = " " }, by: cast.manager).refused == .malformed("name"))
        #expect(try add({ $0.name = "a\nb" }, by: cast.manager).refused == .malformed("name"))
        #expect(try add({ $0.name = "a\0b" }, by: cast.manager).refused == .malformed("name"))
        let long = String(repeating: "n", count: 101)
        #expect(try add({ $0.name = long }, by: cast.manager).refused == .malformed("name"))
    }

    @Test func `a role is named once and exists`() throws {
        #expect(
            try add({ $0.roles = [.therapist, .therapist] }, by: cast.manager).refused == .malformed("roles[1]"))
        #expect(try add({ $0.roles = [.unspecified] }, by: cast.manager).refused == .malformed("roles[0]"))
    }

    @Test func `only an owner makes an owner, and a refused role leaves nobody added`() throws {
        let before = story.next
        #expect(
            try add({ $0.roles = [.therapist, .owner] }, by: cast.manager).refused
                == Refused("INV-ACC-05", "roles[1]"))
        #expect(story.next == before)
        #expect(try add({ $0.roles = [.owner] }, by: cast.owner).refusal == nil)
    }

    @Test func `the desk adds nobody`() throws {
        #expect(try add(by: cast.desk).refused == .notPermitted)
    }

    @Test func `an import adds therapists without an address, and no other roles`() throws {
        let importing = Caller(kind: .import, staff: cast.manager, roles: [.practiceManager], door: Door())
        func add(_ role: Role.Value) throws -> StoryOutcome {
            try story.when(
                AddStaff.with {
                    $0.name = "Dr Old"
                    $0.roles = [role]
                }, by: importing)
        }
        #expect(try add(.therapist).types == [.staffAdded, .roleAssigned])
        #expect(try add(.therapist).refusal == nil)
        #expect(try add(.frontDesk).refused == Refused("INV-ACC-05", "roles[0]"))
    }
}
