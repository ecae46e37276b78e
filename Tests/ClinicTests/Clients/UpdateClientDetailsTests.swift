import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct UpdateClientDetailsTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func update(
        _ change: (inout UpdateClientDetails) -> Void, by staff: UInt64? = nil
    ) throws -> StoryOutcome {
        var command = UpdateClientDetails.with { $0.client = cast.cleo }
        change(&command)
        return try story.when(command, by: staff ?? cast.desk)
    }

    @Test func `only what is named changes, and empty text clears`() throws {
        let event = try update {
            $0.phone = "+1 555 0199"
            $0.email = ""
        }.event(ClientDetailsUpdated.self)
        #expect(event.phone.text == "+1 555 0199")
        #expect(event.email.text == "")
        #expect(event.email.isSealed(for: cast.cleo, .contact))
        #expect(event.givenName.text == nil)
        #expect(!event.hasMinor)
        #expect(!event.hasJurisdiction)
    }

    @Test func `a change to nothing is refused`() throws {
        #expect(try update { _ in }.refused == .unchanged)
        #expect(try update { $0.jurisdiction = "US-NY" }.refused == .unchanged)
        #expect(try update { $0.jurisdiction = "US-NJ" }.event(ClientDetailsUpdated.self).jurisdiction == "US-NJ")
    }

    @Test func `somebody who has not seen the last change is told so`() throws {
        let seen = story.next - 1
        _ = try update { $0.phone = "1" }
        let late = try update {
            $0.phone = "2"
            $0.expecting = seen
        }
        #expect(late.refusal?.status == 412)
        #expect(late.refusal?.facts.changed == story.next - 1)
        let informed = try update {
            $0.phone = "2"
            $0.expecting = story.next - 1
        }
        #expect(informed.refusal == nil)
    }

    @Test func `a corrected birth date decides anew who is a minor`() throws {
        #expect(try update { $0.dateOfBirth = "2010-02-03" }.refused == Refused("INV-CLI-06", "minorConsentBasis"))
        let minor = try update {
            $0.dateOfBirth = "2010-02-03"
            $0.minorConsentBasis = "Mother"
        }.event(ClientDetailsUpdated.self)
        #expect(minor.minor)
        #expect(minor.majorityAt == (try story.instantMs("2028-02-03T00:00")))
        // The basis on file stands for another date, and cannot be taken away.
        #expect(try update { $0.dateOfBirth = "2011-02-03" }.refusal == nil)
        #expect(try update { $0.minorConsentBasis = "" }.refused == Refused("INV-CLI-06", "minorConsentBasis"))
        let adult = try update { $0.dateOfBirth = "1990-02-03" }.event(ClientDetailsUpdated.self)
        #expect(adult.hasMinor && !adult.minor && !adult.hasMajorityAt)
        #expect(try update { $0.minorConsentBasis = "" }.refusal == nil)
    }

    @Test func `a cleared birth date is unknown and makes nobody a minor`() throws {
        let event = try update { $0.dateOfBirth = "" }.event(ClientDetailsUpdated.self)
        #expect(event.dateOfBirth.text == "")
        #expect(event.hasMinor && !event.minor)
    }

    @Test func `whoever came of age since needs no basis any more`() throws {
        _ = try update {
            $0.dateOfBirth = "2010-02-03"
            $0.minorConsentBasis = "Mother"
        }
        try story.goTo("2028-02-03T00:00")
        #expect(try update { $0.minorConsentBasis = "" }.refusal == nil)
    }

    @Test func `a birth date to come, an unknown client and broken texts are refused by field`() throws {
        #expect(try update { $0.dateOfBirth = "2026-01-06" }.refused == Refused("INV-CLI-02", "dateOfBirth"))
        #expect(try update { $0.dateOfBirth = "yesterday" }.refused == .malformed("dateOfBirth"))
        #expect(try update { $0.givenName = "" }.refused == .malformed("givenName"))
        #expect(try update { $0.familyName = "" }.refused == .malformed("familyName"))
        #expect(try update { $0.email = "x" }.refused == .malformed("email"))
        #expect(try update { $0.jurisdiction = "" }.refused == .malformed("jurisdiction"))
        #expect(try update { $0.client = cast.north }.refused == .notFound("client"))
        #expect(try update { $0.clearClient() }.refused == .malformed("client"))
    }

    @Test func `a change that looks like somebody else on file is acknowledged`() throws {
        story.possibleDuplicates = [cast.carl]
        #expect(try update { $0.phone = "1" }.refused == Refused("INV-CLI-05", "duplicatesAcknowledged"))
        let siblings = try update {
            $0.phone = "1"
            $0.duplicatesAcknowledged = [cast.carl]
        }
        #expect(try siblings.event(ClientDetailsUpdated.self).duplicatesAcknowledged == [cast.carl])
    }

    @Test func `nobody is compared with themselves, nor by what is cleared`() {
        let command = UpdateClientDetails.with {
            $0.client = 41
            $0.email = ""
            $0.phone = "5"
        }
        #expect(command.duplicateProbe == DuplicateProbe(phone: "5", except: 41))
    }

    @Test func `a therapist changes the details of those in their care`() throws {
        #expect(try update({ $0.phone = "1" }, by: cast.ana).refusal == nil)
        #expect(try update({ $0.phone = "2" }, by: cast.ben).refused == .notPermitted)
    }
}
