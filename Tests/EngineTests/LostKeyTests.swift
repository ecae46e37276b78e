import Clinic
import EventStore
import LMDBKit
import Schema
import SwiftProtobuf
import Testing

@testable import Engine

/// A key that is gone from the vault by no erasure: just its own fields suffer.
@Suite struct LostKeyTests {
    private let house: House

    init() throws { house = try House() }

    /// A clinic with two clients, the first of whom has lost the key of their identity.
    private func lost() async throws -> OpenClinic {
        let (clinic, keyID) = try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            try await engine.done(OpenClinic.person("Ida", "Ito"))
            let use = try engine.records().flatMap(\.header.keys).first {
                $0.person == clinic.client && $0.category == .identity
            }
            return (clinic, [UInt8](try #require(use).keyID))
        }
        try house.removeKey(keyID)
        return clinic
    }

    @Test func `its fields are unreadable, and all others are read`() async throws {
        let clinic = try await lost()
        try await house.run { engine in
            let rows = try await engine.ask(Asking(ListClients(), from: user())).answer.rows
            #expect(rows.count == 2)
            for row in rows {
                #expect(row.familyName.unreadable == (row.id == clinic.client))
                #expect(row.familyName.text == (row.id == clinic.client ? "" : "Ito"))
            }
        }
    }

    @Test func `a search says how many cannot be found by name`() async throws {
        _ = try await lost()
        try await house.run { engine in
            let search = FindClients.with { $0.text = "it" }
            let answer = try await engine.ask(Asking(search, from: user())).answer
            #expect(answer.rows.map(\.familyName.text) == ["Ito"])
            #expect(answer.unreadable == 1)
        }
    }

    @Test func `a check of the vault names it by where it was first used`() async throws {
        let clinic = try await lost()
        try await house.run { engine in
            let finding = try engine.verifyVault { _ in }
            #expect(!finding.isSound)
            #expect(finding.faultCount == 1)
            #expect(finding.keys > 1)
            #expect(
                finding.faults == [
                    "the key of person \(clinic.client), identity, first used at \(clinic.client), is missing"
                ])
        }
    }

    @Test func `what is to be sealed with it is refused, and the daemon goes on`() async throws {
        let clinic = try await lost()
        try await house.run { engine in
            let before = engine.log.size
            let change = UpdateClientDetails.with {
                $0.client = clinic.client
                $0.givenName = "Zoe"
            }
            let refusal = try await engine.send(change).refused()
            #expect(refusal.status == 503)
            #expect(name(of: refusal) == "key-damaged")
            #expect(try engine.records(from: before).allSatisfy { $0.type == .recordAccessed })
            try await engine.done(clinic.booking())
            _ = try engine.stateDigest()
        }
    }

    private func name(of refusal: Refusal) -> String? {
        if case .problem(let name) = refusal.kind { name } else { nil }
    }
}

extension House {
    /// As somebody does who edits the vault by hand.
    fileprivate func removeKey(_ id: [UInt8]) throws {
        let vault = try Environment(path: data + "/vault", options: .init(mapSizeBytes: 8 << 30, tablesMax: 8))
        try vault.write { transaction in
            let keys = try RawTable(existing: "keys", in: transaction)
            let wasThere = try keys.delete(id, in: transaction)
            #expect(wasThere)
        }
    }
}
