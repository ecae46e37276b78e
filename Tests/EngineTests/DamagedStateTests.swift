import Clinic
import Foundation
import LMDBKit
import Schema
import TestKit
import Testing

@testable import Engine

/// The state is derived: whatever becomes of its files, the log makes it anew.
@Suite struct DamagedStateTests {
    private let house: House

    init() throws { house = try House() }

    private func clinic() async throws -> OpenClinic { try await house.run { try await OpenClinic.found(in: $0) } }

    @Test func `a value that is not what was written is met by making the state anew`() async throws {
        let clinic = try await clinic()
        let state = try Environment(
            path: house.data + "/state", options: .init(mapSizeBytes: 32 << 30, tablesMax: 48, isUnsynced: true))
        try state.write { transaction in
            let table = try RawTable(existing: "services", in: transaction)
            var key: [UInt8] = []
            clinic.service.append(to: &key)
            try table.put(key, [1, 2, 3, 4, 5], in: transaction)
        }
        try await house.run { engine in
            let refusal = try await engine.send(clinic.booking()).refused()
            #expect(refusal.status == 503)
            // Whoever asks again is answered once it is there.
            while case .failure(let refusal) = await engine.send(clinic.booking()) {
                try #require(refusal.status == 503, "\(refusal)")
                await Task.yield()
            }
            #expect(try await clinic.agenda(engine).count == 1)
            _ = try engine.stateDigest()
        }
    }

    /// Names of tables, and the keys of the marks.
    @Test(arguments: ["occupancy", "staff", "marks", "position", "version"])
    func `a name that is not what was written takes nobody's place and nobody's role`(_ name: String) async throws {
        let clinic = try await house.run { engine in
            let clinic = try await OpenClinic.found(in: engine)
            try await engine.done(clinic.booking())
            return clinic
        }
        try flip(key: name, inFile: house.data + "/state/data.mdb")
        try await house.run { engine in
            let refusal = try await engine.send(clinic.booking()).refused()
            #expect(refusal.status == 409, "\(refusal)")
            _ = try engine.stateDigest()
        }
    }

    @Test(arguments: ["data.mdb", "saved.mdb"])
    func `files that are no database are no obstacle to a start`(_ name: String) async throws {
        let clinic = try await clinic()
        let folder = house.data + "/state"
        if name == "saved.mdb" { try house.remove("state/trust") }
        try Data(repeating: 0, count: 65_536).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        try await house.run { engine in
            try await engine.done(clinic.booking())
            _ = try engine.stateDigest()
        }
    }
}
