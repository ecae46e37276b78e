import Clinic
import EventStore
import Foundation
import Schema
import SwiftProtobuf
import Testing
import Vault

@testable import Engine

@Suite struct ImportedClientTests {
    private let house: House

    init() throws { house = try House() }

    @Test func `nobody is lost for an odd cell, and nothing of it is`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets()
            sheets.client("C1", "An\nn", email: "n/a", phone: "n/a", remarks: "likes tea")
            sheets.client("C2", email: "ann@x.example; mother@x.example", remarks: "likes tea")
            sheets.client("C3", email: "ask his mother", phone: "+1 555 0100 (mobile, mornings), +1 555 0199 (work)")
            sheets.client("C4", remarks: String(repeating: "é", count: 4_100))
            sheets.client("C5", "Ada " + String(repeating: "von", count: 40), remarks: "one\u{7}two")
            let applied = try await engine.bringIn(sheets)
            #expect(applied.clients == 5 && applied.left.isEmpty)
            let found = try engine.registered()
            let one = try #require(found["C1"])
            #expect(one.givenName == "An n" && one.email == nil && one.phone == nil && one.remark == "likes tea")
            let two = try #require(found["C2"])
            #expect(two.email == "ann@x.example")
            #expect(two.remark == "likes tea\nemail: ann@x.example; mother@x.example")
            let three = try #require(found["C3"])
            #expect(three.email == nil && three.phone == "+1 555 0100 (mobile")
            #expect(three.remark?.contains("email: ask his mother") == true)
            #expect(three.remark?.contains("+1 555 0199 (work)") == true)
            #expect(found["C4"]?.remark?.count == 4_000)
            #expect(found["C5"]?.givenName?.count == 100)
            #expect(found["C5"]?.remark?.hasPrefix("onetwo\nfirst name: Ada von") == true)
            #expect(Set(applied.notes.map(\.reference)) == ["C1", "C2", "C3", "C4", "C5"])
            let told = applied.notes.map(\.note).joined()
            for secret in ["mother", "555", "Ada", "tea"] { #expect(!told.contains(secret)) }
        }
    }

    @Test func `a birth date that is to come by the practice's own clock is left out`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets()
            // In Auckland it is 3 March already, in Berlin still the 2nd.
            house.time.advance(minutes: 4 * 60)
            sheets.client("C1", born: "2026-03-03")
            let job = try await engine.ended(.import, sheets.request(more: ["zone": "Pacific/Auckland"]))
            #expect(job.state == .done)
            let found = try #require(try engine.registered()["C1"])
            #expect(found.dateOfBirth == nil && found.remark == "date of birth: 2026-03-03")
        }
    }

    @Test func `one with whom nothing can be done is listed, and so are their appointments`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets()
            sheets.client("C1", "\u{200B}\u{7}", "")
            sheets.client("C2", "\u{7}", "")
            sheets.client("C3", "Bo")
            sheets.appointment("A1", of: "C2")
            sheets.appointment("A2", of: "C3")
            let applied = try await engine.bringIn(sheets)
            #expect(applied.clients == 1 && applied.appointments == 1)
            #expect(applied.left.map(\.reference) == ["C1", "C2", "A1"])
            #expect(applied.left.map(\.sheet) == ["clients", "clients", "appointments"])
            #expect(applied.reasons["A1"] == "its client was not imported")
            #expect(applied.id == engine.log.size - 1)
        }
    }

    @Test func `a therapist on file who is none by role does not become primary`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            let desk = AddStaff.with {
                $0.name = "Dee Desk"
                $0.email = "dee@example.org"
                $0.roles = [.frontDesk]
            }
            try await engine.done(desk)
            var sheets = OldSheets()
            sheets.client("C1", therapist: "Dee Desk")
            sheets.client("C2", "Bo", therapist: "Dr Kay")
            let applied = try await engine.bringIn(sheets)
            #expect(applied.clients == 2 && applied.staffAdded == ["Dr Kay"])
            #expect(applied.notes.map(\.reference) == ["C1"])
            let teams = try engine.records().filter { $0.type == .careTeamMemberAssigned }
            #expect(teams.count == 1)
        }
    }

    @Test func `remarks on appointments are sealed in the client's story`() async throws {
        try await house.run { engine in
            _ = try await engine.begin().get()
            var sheets = OldSheets.one
            sheets.appointment("A1", notes: "brought \"Rex\",\nthe dog")
            sheets.appointment("A2", at: "11:00", notes: String(repeating: "long ", count: 3_000))
            let applied = try await engine.bringIn(sheets)
            #expect(applied.appointments == 2)
            #expect(applied.notes.map(\.reference) == ["A2"])
            let (recorded, event) = try #require(try engine.imported()["A1"])
            var ordinal: UInt32 = 0
            let place = recorded.sealed(event.remark, ordinal: &ordinal, of: event.client, .clinical)
            #expect(try engine.vault.text(place) == "brought \"Rex\",\nthe dog")
            #expect(recorded.header.keys.map(\.category) == [.clinical])
            let bytes = try #require(try engine.log.record(at: recorded.position))
            #expect(bytes.firstRange(of: Array("Rex".utf8)) == nil)
            let size = engine.log.size
            try await engine.bringIn(sheets)
            #expect(engine.log.size == size + 1)
        }
    }
}
