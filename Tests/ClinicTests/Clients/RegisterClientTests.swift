import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct RegisterClientTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func register(
        _ change: (inout RegisterClient) -> Void = { _ in }, by staff: UInt64? = nil
    ) throws -> StoryOutcome {
        try story.when(command(change), by: staff ?? cast.desk)
    }

    private func command(_ change: (inout RegisterClient) -> Void) -> RegisterClient {
        var command = RegisterClient.with {
            $0.givenName = "Nina"
            $0.familyName = "Novak"
            $0.dateOfBirth = "1991-04-05"
        }
        change(&command)
        return command
    }

    @Test func `a client gets the next number, and every text is sealed under their own keys`() throws {
        let outcome = try register {
            $0.preferredName = "Nini"
            $0.email = "nina@example.org"
            $0.phone = "+1 555 0100"
            $0.address = "1 River Street\nApt 2"
            $0.pronouns = "she/her"
            $0.remark = "Rings twice."
        }
        let id = outcome.reply.id
        let event = try outcome.event(ClientRegistered.self)
        #expect(event.number == "C-000003")
        #expect(outcome.reply.number == "C-000003")
        #expect(event.jurisdiction == "US-NY")
        let identity = [event.givenName, event.familyName, event.preferredName, event.dateOfBirth, event.pronouns]
        #expect(identity.map(\.text) == ["Nina", "Novak", "Nini", "1991-04-05", "she/her"])
        #expect((identity + [event.remark]).allSatisfy { $0.isSealed(for: id, .identity) })
        #expect([event.email, event.phone, event.address].allSatisfy { $0.isSealed(for: id, .contact) })
        #expect(event.remark.text == "Rings twice.")
        #expect(event.minorConsentBasis.text == nil)
        #expect(!event.minor)
        #expect(!event.hasMajorityAt)
    }

    @Test func `a date of birth is given or said to be unknown, and is not to come`() throws {
        #expect(try register { $0.clearDateOfBirth() }.refused == Refused("INV-CLI-02", "dateOfBirth"))
        #expect(try register { $0.dateOfBirthUnknown = true }.refused == Refused("INV-CLI-02", "dateOfBirthUnknown"))
        #expect(try register { $0.dateOfBirth = "2026-01-06" }.refused == Refused("INV-CLI-02", "dateOfBirth"))
        #expect(try register { $0.dateOfBirth = "1991-02-29" }.refused == .malformed("dateOfBirth"))
        let unknown = try register {
            $0.clearDateOfBirth()
            $0.dateOfBirthUnknown = true
        }
        #expect(try unknown.event(ClientRegistered.self).dateOfBirth.text == nil)
    }

    @Test func `today is today at the practice`() throws {
        // 5 January in New York, 6 January in UTC.
        try story.goTo("2026-01-05T23:30")
        #expect(try register { $0.dateOfBirth = "2026-01-06" }.refused == Refused("INV-CLI-02", "dateOfBirth"))
        let born = try register {
            $0.dateOfBirth = "2026-01-05"
            $0.minorConsentBasis = "Mother, sole custody"
        }
        #expect(born.refusal == nil)
    }

    @Test func `a minor needs a basis of consent until the midnight of coming of age`() throws {
        try story.goTo("2026-01-05T23:59")
        #expect(try register { $0.dateOfBirth = "2008-01-06" }.refused == Refused("INV-CLI-06", "minorConsentBasis"))
        let event = try register {
            $0.dateOfBirth = "2008-01-06"
            $0.minorConsentBasis = "Mother, sole custody"
        }.event(ClientRegistered.self)
        #expect(event.minor)
        #expect(event.majorityAt == (try story.instantMs("2026-01-06T00:00")))
        try story.goTo("2026-01-06T00:00")
        #expect(try register { $0.dateOfBirth = "2008-01-06" }.event(ClientRegistered.self).minor == false)
    }

    @Test func `born on 29 February, one comes of age on 1 March`() throws {
        let event = try register {
            $0.dateOfBirth = "2012-02-29"
            $0.minorConsentBasis = "Father"
        }.event(ClientRegistered.self)
        #expect(event.majorityAt == (try story.instantMs("2030-03-01T00:00")))
    }

    @Test func `whoever may be on file is looked at first`() throws {
        story.possibleDuplicates = [cast.cleo, cast.carl]
        let refusal = try #require(try register { $0.duplicatesAcknowledged = [cast.cleo] }.refusal)
        #expect(Refused(refusal) == Refused("INV-CLI-05", "duplicatesAcknowledged"))
        #expect(refusal.facts.candidates == [cast.carl])
        let others = try register { $0.duplicatesAcknowledged = [cast.carl, cast.cleo] }
        #expect(try others.event(ClientRegistered.self).duplicatesAcknowledged == [cast.carl, cast.cleo])
    }

    @Test func `only clients are duplicates of clients, each once`() throws {
        let field = "duplicatesAcknowledged"
        #expect(try register { $0.duplicatesAcknowledged = [cast.ana] }.refused == .notFound("\(field)[0]"))
        let twice = try register { $0.duplicatesAcknowledged = [cast.cleo, cast.cleo] }
        #expect(twice.refused == .malformed("\(field)[1]"))
        #expect(try register { $0.duplicatesAcknowledged = Array(1...101) }.refused == .malformed(field))
    }

    @Test func `the refusal of a duplicate names nobody`() throws {
        story.possibleDuplicates = [cast.cleo]
        let refusal = try #require(try register().refusal)
        for word in ["Nina", "Novak", "1991", "Cleo", "Clark"] {
            #expect(!refusal.detail.contains(word))
            #expect(!refusal.title.contains(word))
        }
    }

    @Test func `a primary therapist named at intake is on the care team at once`() throws {
        let outcome = try register { $0.primaryTherapist = cast.ben }
        #expect(outcome.types == [.clientRegistered, .careTeamMemberAssigned])
        #expect(story.access.isOnCareTeam(cast.ben, of: outcome.reply.id, atMs: story.nowMs))
        #expect(try register { $0.primaryTherapist = cast.desk }.refused == Refused("not-clinical", "primaryTherapist"))
        #expect(try register { $0.primaryTherapist = cast.cleo }.refused == .notFound("primaryTherapist"))
    }

    @Test func `a therapist who registers somebody becomes their primary therapist`() throws {
        let outcome = try register(by: cast.ana)
        #expect(try outcome.event(CareTeamMemberAssigned.self).staff == cast.ana)
        #expect(
            try register({ $0.primaryTherapist = cast.ben }, by: cast.ana).event(CareTeamMemberAssigned.self).staff
                == cast.ben)
        #expect(try register(by: cast.desk).types == [.clientRegistered])
    }

    @Test func `texts are bounded, and each refusal names its field`() throws {
        func long(_ count: Int) -> String { String(repeating: "x", count: count) }
        #expect(try register { $0.clearGivenName() }.refused == .malformed("givenName"))
        #expect(try register { $0.familyName = "" }.refused == .malformed("familyName"))
        #expect(try register { $0.familyName = "  " }.refused == .malformed("familyName"))
        #expect(try register { $0.givenName = long(101) }.refused == .malformed("givenName"))
        #expect(try register { $0.preferredName = long(101) }.refused == .malformed("preferredName"))
        #expect(try register { $0.email = "nina" }.refused == .malformed("email"))
        #expect(try register { $0.email = long(243) + "@example.org" }.refused == .malformed("email"))
        // Few characters, many bytes.
        let stars = String(repeating: "\u{1F31F}", count: 130)
        #expect(try register { $0.email = stars + "@example.org" }.refused == .malformed("email"))
        #expect(try register { $0.phone = long(41) }.refused == .malformed("phone"))
        #expect(try register { $0.address = long(501) }.refused == .malformed("address"))
        #expect(try register { $0.pronouns = "a\u{0}b" }.refused == .malformed("pronouns"))
        #expect(try register { $0.remark = long(4_001) }.refused == .malformed("remark"))
        #expect(try register { $0.minorConsentBasis = long(501) }.refused == .malformed("minorConsentBasis"))
        #expect(try register { $0.jurisdiction = "us-ny" }.refused == .malformed("jurisdiction"))
        #expect(try register { $0.jurisdiction = "GB" }.event(ClientRegistered.self).jurisdiction == "GB")
        #expect(try register { $0.remark = long(4_000) }.refusal == nil)
    }

    @Test func `an auditor registers nobody`() throws {
        #expect(try register(by: cast.auditor).refused == .notPermitted)
    }

    @Test func `an import brings in one-named people, minors and duplicates as the sheet has them`() throws {
        story.possibleDuplicates = [cast.cleo]
        let importing = Caller(kind: .import, staff: cast.manager, roles: [.practiceManager], door: Door())
        let outcome = try story.when(
            command {
                $0.clearFamilyName()
                $0.dateOfBirth = "2015-01-01"
            }, by: importing)
        #expect(try outcome.event(ClientRegistered.self).minor)
        #expect(outcome.types == [.clientRegistered])
        let nameless = command {
            $0.clearFamilyName()
            $0.clearGivenName()
        }
        #expect(try story.when(nameless, by: importing).refused == .malformed("givenName"))
    }

    @Test func `who may not know a client is not told that it is they`() throws {
        story.possibleDuplicates = [cast.cleo, cast.carl]
        let stranger = try story.staff("Sam Stranger", .therapist)
        let command = RegisterClient.with {
            $0.givenName = "Nina"
            $0.familyName = "Novak"
            $0.dateOfBirth = "1991-05-17"
        }
        let refusal = try #require(try story.when(command, by: stranger).refusal)
        #expect(Refused(refusal) == Refused("INV-CLI-05", "duplicatesAcknowledged"))
        #expect(refusal.facts.candidates.isEmpty && refusal.detail.contains("Ask the front desk"))
    }
}
