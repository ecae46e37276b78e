import Clinic
import Foundation
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

@Suite struct NameTests {
    private func index() -> NameIndex {
        let index = NameIndex()
        index.update(1) {
            $0.givenName = NameFolding.fold("Zoë")
            $0.familyName = NameFolding.fold("Brandt-Łuczak")
            $0.dateOfBirth = "1990-02-03"
            $0.phone = NameFolding.digits("+49 (30) 1234-5678")
            $0.number = "C-000001"
        }
        return index
    }

    @Test func `until it is full it answers nothing, and says how far it is`() throws {
        let index = index()
        index.fill(done: 1, of: 4)
        let refusal = #expect(throws: Refusal.self) { try index.find("zoe", limit: 10) }
        #expect(refusal?.status == 503)
        #expect(refusal?.facts.progressPermille == 250)
        #expect(throws: Refusal.self) { try index.possibleDuplicates(DuplicateProbe(email: "a@example.org")) }
        index.isFull()
        #expect(try index.find("zoe", limit: 10).clients == [1])
    }

    @Test(arguments: ["zoe", "ZOË", "oë", "brandt luczak", "łuczak zo", "brandt-lu", "c-000001", "  zoe  "])
    func `a part of a name finds, without case, accents or order`(_ text: String) throws {
        let index = index()
        index.isFull()
        #expect(try index.find(text, limit: 10).clients == [1], "\(text)")
    }

    @Test(arguments: ["zoey", "brandt meier", "x"]) func `what is not there is not found`(_ text: String) throws {
        let index = index()
        index.isFull()
        #expect(try index.find(text, limit: 10).clients.isEmpty)
    }

    @Test func `no more than asked for are found, and that there are more is said`() throws {
        let index = NameIndex()
        index.isFull()
        for client in 1...5 as ClosedRange<UInt64> { index.update(client) { $0.givenName = "ana" } }
        let found = try index.find("an", limit: 3)
        #expect(found.clients == [1, 2, 3])
        #expect(found.more)
        #expect(try index.find("an", limit: 5).more == false)
    }

    @Test func `the same person is suspected by name and birth date, by email or by phone`() throws {
        let index = index()
        index.isFull()
        func suspects(_ probe: DuplicateProbe) throws -> [UInt64] { try index.possibleDuplicates(probe) }
        #expect(try suspects(.init(givenName: "zoe", familyName: "BRANDT-LUCZAK", dateOfBirth: "1990-02-03")) == [1])
        #expect(try suspects(.init(givenName: "zoe", familyName: "brandt-luczak", dateOfBirth: "1990-02-04")) == [])
        #expect(try suspects(.init(phone: "0049 30 12345678")) == [1])
        #expect(try suspects(.init(phone: "030 1234 5678 ext. 9")) == [1])
        #expect(try suspects(.init(phone: "345678")) == [])
        #expect(try suspects(.init(phone: "Tel. 030 12345678")) == [1])
        // One that is on file with an extension is the same number too.
        index.update(1) { $0.phone = NameFolding.digits("030 1234 5678 x12") }
        #expect(try suspects(.init(phone: "+49 30 12345678")) == [1])
        #expect(try suspects(.init(phone: "+49 30 12345678")) == [1])
        #expect(try suspects(.init(phone: "+49 30 12345678", except: 1)) == [])
        index.update(1) { $0.phone = "" }
        #expect(try suspects(.init(phone: "+49 30 12345678")) == [])
        index.forget(1)
        #expect(try index.find("zoe", limit: 10).clients.isEmpty)
    }

    @Test func `who went while the index was being filled stays away, and what is newer stays`() throws {
        let index = NameIndex()
        index.update(1) { $0.givenName = "new" }
        index.forget(2)
        for client in [1, 2] as [UInt64] { index.fill(client, with: .init(givenName: "old", familyName: "person")) }
        index.isFull()
        #expect(try index.find("person", limit: 10).clients == [1])
        #expect(try index.find("new", limit: 10).clients == [1])
        #expect(try index.find("old", limit: 10).clients.isEmpty)
    }

    @Test func `clients are found after a restart, and what is shown is a look`() async throws {
        let house = try House()
        let clinic = try await house.run { try await OpenClinic.found(in: $0) }
        try await house.run { engine in
            let rows = try await search("luczak", in: engine)
            #expect(rows.map(\.id) == [clinic.client])
            #expect(rows.map(\.familyName.text) == ["Brandt-Łuczak"])
            let looks = try engine.records().filter { $0.type == .recordAccessed }
            #expect(looks.map(\.header.actor.kind) == [.system, .staff])
            try await engine.done(OpenClinic.person("Łukasz", "Żak"))
            #expect(try await search("lukasz zak", in: engine).count == 1)
        }
    }

    @Test func `one finds those whom one may see, of today or as they were`() async throws {
        let house = try House()
        try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            let before = house.time.nowMs
            house.time.advance(minutes: 5)
            try await engine.done(OpenClinic.person("Zora", "Brandt"))
            _ = try await search("brandt", in: engine)
            // A therapist who cares for neither.
            let hash = Data(repeating: 9, count: 32)
            try await engine.done(
                IssueToken.with {
                    $0.staff = clinic.therapist
                    $0.sha256 = hash
                })
            let therapist = user(token: [UInt8](hash))
            let query = FindClients.with { $0.text = "brandt" }
            #expect(try await engine.ask(Asking(query, from: therapist)).answer.rows.isEmpty)
            #expect(try await engine.ask(Asking(query, from: user())).answer.rows.count == 2)
            let then = try await engine.ask(Asking(query, from: user(), asOfMs: before)).answer.rows
            #expect(then.map(\.id) == [clinic.client])
        }
    }

    /// Asks until the index is full.
    private func search(_ text: String, in engine: ClinicEngine) async throws -> [ClientRow] {
        while true {
            do {
                return try await engine.ask(Asking(FindClients.with { $0.text = text }, from: user())).answer.rows
            } catch let refusal as Refusal where refusal.status == 503 { await Task.yield() }
        }
    }

    @Test(arguments: [
        ("O’Brien", "O'Brien"), ("OBRIEN", "o`brien"), ("Işık", "isik"), ("Đorđe", "Dorde"), ("Strauß", "strauss"),
        ("Æsa", "aesa"), ("Sørensen", "Sorensen"), ("Ñandú", "nandu"),
    ])
    func `names are one that are written in two ways`(one: String, other: String) {
        #expect(NameFolding.fold(one) == NameFolding.fold(other))
    }

    @Test func `names that differ in letters are two`() {
        #expect(Set(["Ana", "Anna", "Anja", "An a"].map(NameFolding.fold)).count == 4)
    }
}
