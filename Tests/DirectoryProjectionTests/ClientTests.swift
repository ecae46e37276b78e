import DirectoryProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct ClientTests {
    @Test func `each sealed field keeps its place, counted over present fields only`() throws {
        let clinic = try DirectoryClinic()
        // No preferred name, no birth date, no phone.
        let client = try clinic.harness.record(
            .clients(
                .clientRegistered(
                    .with {
                        $0.number = "C-000001"
                        $0.givenName = sealedField(1)
                        $0.familyName = sealedField(2)
                        $0.email = sealedField(3)
                        $0.address = sealedField(4)
                        $0.remark = sealedField(5)
                        $0.minorConsentBasis = sealedField(6)
                    })))
        let row = try clinic.harness.ask(ShowClient.with { $0.client = client }).row
        let places = [row.givenName, row.familyName, row.email, row.address, row.remark].map(\.sealed)
        #expect(places.map(\.ordinal) == [0, 1, 2, 3, 4])
        #expect(places.map(\.position) == Array(repeating: client, count: 5))
        #expect(places.map(\.person) == Array(repeating: client, count: 5))
        #expect(places.map(\.category) == [.identity, .identity, .contact, .contact, .identity])
        #expect(places.map(\.sealed) == (1...5).map { sealedField(UInt8($0)) })
        #expect(!row.hasPreferredName && !row.hasDateOfBirth && !row.hasPhone && !row.hasPronouns)
    }

    @Test func `a changed detail is read from the event that changed it, the others from before`() throws {
        let clinic = try DirectoryClinic()
        let client = try clinic.harness.register("C-000001")
        let changed = try clinic.harness.record(
            .clients(
                .clientDetailsUpdated(
                    .with {
                        $0.client = client
                        $0.familyName = sealedField(8)
                        $0.phone = sealedField(9)
                        $0.minor = true
                    })))
        let row = try clinic.harness.ask(ShowClient.with { $0.client = client }).row
        #expect(row.givenName.sealed.position == client)
        #expect(row.familyName.sealed.position == changed)
        #expect(row.familyName.sealed.ordinal == 0)
        #expect(row.phone.sealed.ordinal == 1)
        #expect(row.phone.sealed.person == client)
        #expect(row.minor)
        #expect(row.changed == changed)
    }

    @Test func `a new primary therapist ends the one before`() throws {
        let clinic = try DirectoryClinic()
        let client = try clinic.harness.register("C-000001")
        try clinic.harness.assign(.primary, clinic.owner, to: client, from: 1_000)
        try clinic.harness.assign(.covering, clinic.owner, to: client, from: 1_500)
        try clinic.harness.assign(.primary, clinic.therapist, to: client, from: 2_000)
        let team = try clinic.harness.ask(ShowClient.with { $0.client = client }).row.careTeam
        #expect(team.map(\.role) == ["primary", "covering", "primary"])
        #expect(team.map(\.untilAt) == [2_000, 0, 0])
        #expect(team.map(\.hasUntilAt) == [true, false, false])
        #expect(team.map(\.staffName) == ["Ada Müller", "Ada Müller", "Zoe\u{301} Brandt"])
    }

    @Test func `clients come by number, in pages, past the millionth`() throws {
        let clinic = try DirectoryClinic()
        let numbers = ["C-1000000", "C-000002", "C-999999", "C-000001", "C-000012"]
        for number in numbers { _ = try clinic.harness.register(number) }
        var seen: [[String]] = []
        var question = ListClients.with { $0.limit = 2 }
        while seen.count < 9 {
            let answer = try clinic.harness.ask(question)
            seen.append(answer.rows.map(\.number))
            guard answer.hasNext else { break }
            question.after = answer.next
        }
        #expect(seen == [["C-000001", "C-000002"], ["C-000012", "C-999999"], ["C-1000000"]])
        let some = try clinic.harness.ask(ListClients.with { $0.number = "c-00001" })
        #expect(some.rows.map(\.number) == ["C-000012"])
        #expect(!some.hasNext)
        let page = try clinic.harness.ask(
            ListClients.with {
                $0.number = "0000"
                $0.limit = 3
            })
        #expect(page.rows.map(\.number) == ["C-000001", "C-000002", "C-000012"])
        #expect(page.next == "C-000012")
        #expect(ListClients.permission == .viewClients)
    }

    @Test func `limits out of bounds and ids of another kind are refused by field`() throws {
        let clinic = try DirectoryClinic()
        for limit: UInt32 in [0, 1_001, .max] {
            let refusal = #expect(throws: Refusal.self) {
                try clinic.harness.ask(ListClients.with { $0.limit = limit })
            }
            #expect(refusal?.facts.field == "limit")
        }
        let long = String(repeating: "C", count: 1_000_000)
        #expect(throws: Refusal.self) { try clinic.harness.ask(ListClients.with { $0.after = long }) }
        for id in [clinic.owner, 404, UInt64.max] {
            let refusal = #expect(throws: Refusal.self) {
                try clinic.harness.ask(ShowClient.with { $0.client = id })
            }
            #expect(refusal?.status == 404)
        }
        #expect(throws: Refusal.self) { try clinic.harness.ask(ShowClient()) }
        #expect(ShowClient.with { $0.client = 7 }.target == Target(client: 7))
    }

    @Test func `of clients whom one may not know, not even that they are there is listed`() throws {
        let clinic = try DirectoryClinic()
        let ids = try (1...9).map { try clinic.harness.register("C-00000\($0)") }
        let mine = Set([ids[1], ids[3], ids[8]])
        func list(_ change: (inout ListClients) -> Void) throws -> ListClientsAnswer {
            var question = ListClients()
            change(&question)
            return try clinic.harness.ask(question) { permission, target in
                permission == .viewDemographics && target.client.map(mine.contains) ?? false
            }
        }
        #expect(try list { _ in }.rows.map(\.id) == [ids[1], ids[3], ids[8]])
        #expect(try list { $0.number = "C-000001" }.rows.isEmpty)
        let page = try list { $0.limit = 2 }
        #expect(page.rows.map(\.id) == [ids[1], ids[3]])
        #expect(try list { $0.after = page.next }.rows.map(\.id) == [ids[8]])
        #expect(ShowClient.permission == .viewDemographics)
    }
}
