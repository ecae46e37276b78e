import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct ServiceTests {
    private let story: Story
    private let cast: Cast

    init() throws { (story, cast) = try Story.clinic() }

    private func define(_ change: (inout DefineService) -> Void) throws -> StoryOutcome {
        var command = DefineService.with {
            $0.code = "INTAKE"
            $0.name = "First session"
            $0.minutes = 80
        }
        change(&command)
        return try story.when(command, by: cast.manager)
    }

    @Test func `a service is for two people in person unless told otherwise`() throws {
        let event = try define { _ in }.event(ServiceDefined.self)
        #expect(event.modalities == [.inPerson])
        #expect(event.people == 2)
        #expect(!event.claimable)
    }

    @Test(arguments: [0, 4, 7, 485, UInt32.max])
    func `a session is 5 to 480 minutes in steps of 5`(minutes: UInt32) throws {
        #expect(try define { $0.minutes = minutes }.refused == Refused("INV-SVC-01", "minutes"))
    }

    @Test func `a code is used once`() throws {
        #expect(try define { $0.code = "TH50" }.refused == Refused("INV-SVC-01", "code"))
        #expect(try define { $0.clearCode() }.refused == .malformed("code"))
    }

    @Test(arguments: ["90837", "0591T", "H0004"])
    func `a billing code is one of CPT or HCPCS`(code: String) throws {
        #expect(try define { $0.cpt = code }.event(ServiceDefined.self).cpt == code)
    }

    @Test(arguments: ["9083", "908377", "9083a", "HH004", "H000A", "ABCDE", "९०८३७"])
    func `anything else is no billing code`(code: String) throws {
        #expect(try define { $0.cpt = code }.refused == Refused("INV-SVC-04", "cpt"))
    }

    @Test func `fields are bounded`() throws {
        #expect(try define { $0.clearMinutes() }.refused == .malformed("minutes"))
        #expect(try define { $0.name = "" }.refused == .malformed("name"))
        #expect(try define { $0.bufferBeforeMinutes = 121 }.refused == .malformed("bufferBeforeMinutes"))
        #expect(try define { $0.bufferAfterMinutes = 121 }.refused == .malformed("bufferAfterMinutes"))
        #expect(try define { $0.people = 0 }.refused == .malformed("people"))
        #expect(try define { $0.modalities = [.online, .online] }.refused == .malformed("modalities[1]"))
        #expect(try define { $0.modalities = [.unspecified] }.refused == .malformed("modalities[0]"))
    }

    @Test func `the desk defines no services`() throws {
        #expect(try story.when(DefineService.with { $0.code = "X" }, by: cast.desk).refused == .notPermitted)
    }
}
